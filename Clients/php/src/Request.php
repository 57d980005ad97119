<?php

declare(strict_types=1);

namespace Till;

use Till\Method\Tables;

/**
 * One intent: its key is made here, before the first send, and stays the same.
 *
 * @internal
 */
final class Request
{
    public readonly string $effect;
    public readonly ?string $key;
    public readonly int $timeoutMs;
    /** True once a send or its answer was lost: the daemon may have acted on it. */
    public bool $inDoubt = false;
    /** @var array<string, mixed> */
    private array $params;

    /** @param array<string, mixed> $params */
    public function __construct(public readonly string $method, array $params, int $timeoutMs)
    {
        [$this->effect, $keyRule] = Tables::METHODS[$method] ?? ['write', 'none'];
        $this->params = array_filter($params, static fn (mixed $value): bool => $value !== null);
        if ($keyRule !== 'none') {
            $this->params['idempotency_key'] ??= Client::makeKey();
        }
        Wire::check($this->params);
        $this->key = $this->params['idempotency_key'] ?? null;
        $wanted = $this->params['timeout_ms'] ?? null;
        $waiting = $this->effect === 'wait' ? ($this->params['wait_ms'] ?? 30_000) : 0;
        // The daemon's own limit comes first, so that its answer can arrive. What is no number is
        // for the daemon to refuse.
        $this->timeoutMs = is_int($wanted)
            ? $wanted + 5_000
            : $timeoutMs + (is_int($waiting) ? $waiting : 0);
    }

    public function line(int $id): string
    {
        $message = [
            'jsonrpc' => '2.0', 'id' => $id, 'method' => $this->method,
            // An empty array would be written as a list.
            'params' => (object) $this->params,
        ];
        return json_encode($message, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES) . "\n";
    }

    /**
     * The result of a reply; throws its error.
     *
     * @param array<string, mixed> $reply
     * @return array<string, mixed>
     */
    public function result(array $reply): array
    {
        if (isset($reply['error'])) {
            throw $this->met(Wire::replyError($reply['error'], $this->method, $this->key));
        }
        if (!is_array($reply['result'] ?? null)) {
            $fault = new ProtocolFault('a result that is no object', 'bad_reply', $this->method);
            throw $this->met($fault);
        }
        return $reply['result'];
    }

    /** Takes what came after it was sent. An answer that cannot be read may be of a success. */
    public function met(TillError $fault): TillError
    {
        $this->inDoubt = $this->inDoubt || $fault instanceof ProtocolFault;
        return $fault;
    }

    public function isSafe(): bool
    {
        return $this->effect === 'read' || $this->effect === 'wait';
    }
}
