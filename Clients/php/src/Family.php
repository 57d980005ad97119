<?php

declare(strict_types=1);

namespace Till;

/** Methods that share the word before the dot. */
abstract class Family
{
    /** @param \Closure(string, array<string, mixed>): array<string, mixed> $call */
    public function __construct(private readonly \Closure $call)
    {
    }

    /**
     * @param array<string, mixed> $params
     * @return array<string, mixed>
     */
    final protected function call(string $method, array $params): array
    {
        return ($this->call)($method, $params);
    }

    /** @param array<string, mixed>|null $members */
    final protected static function object(?array $members): ?object
    {
        return $members === null ? null : (object) $members;
    }
}
