<?php

declare(strict_types=1);

namespace Till;

/** The base of all. `outcome` says what is known of the effect: none, unknown or applied. */
class TillError extends \RuntimeException
{
    public readonly string $errorClass;
    public readonly string $retry;
    public readonly string $outcome;
    /** @var array<string, mixed> */
    public readonly array $details;
    public readonly ?string $path;
    public readonly ?string $hint;
    public readonly ?string $ref;
    public readonly ?int $retryAfterMs;

    /**
     * @param string $errorCode a stable word, listed in the reference
     * @param string|null $key the idempotency key that was sent: repeat with it, or look it up
     * @param array<string, mixed> $data the contract's error object
     */
    final public function __construct(
        public readonly string $plainMessage,
        public readonly string $errorCode,
        public readonly string $method = '',
        public readonly ?string $key = null,
        public readonly array $data = [],
        ?\Throwable $previous = null,
    ) {
        $this->errorClass = $data['class'] ?? '';
        $this->retry = $data['retry'] ?? 'never';
        $this->outcome = $data['outcome'] ?? 'none';
        $this->details = $data['details'] ?? [];
        $this->path = $data['path'] ?? null;
        $this->hint = $data['hint'] ?? null;
        $this->ref = $data['ref'] ?? null;
        $this->retryAfterMs = $data['retry_after_ms'] ?? null;
        $where = $method === '' ? '' : "$method: ";
        parent::__construct("$where$errorCode: $plainMessage", 0, $previous);
    }

    /** The same failure, told about the request it belongs to. */
    public function about(string $method, ?string $key): static
    {
        return new static($this->plainMessage, $this->errorCode, $method, $key, $this->data, $this);
    }
}
