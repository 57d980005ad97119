<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of key.
 *
 * @phpstan-import-type KeyState from Types
 */
class KeyMethods extends Family
{
    /**
     * What became of an idempotency key. How a caller settles an unknown outcome: absent means that
     * nothing happened under this key. A write is running from the moment its line is taken up,
     * also while it waits for other writes or for the disk. Who still wants it after absent sends
     * the same request under the same key.
     *
     * @param string $key The key.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{state: KeyState, method?: string, created_at?: int, reply?: mixed, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function lookup(
        string $key,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('key.lookup', [
            'key' => $key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
