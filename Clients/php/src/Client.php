<?php

declare(strict_types=1);

namespace Till;

use Till\Method\Families;

/**
 * One connection, made when it is first needed and again when the process has forked.
 *
 *     $till = new Till\Client();
 *     $order = $till->order->create(Till\Money::of('58.00', 'CNY'), 'Gift card')['order'];
 */
final class Client extends Families
{
    public readonly Events $events;
    public readonly string $path;
    private ?Connection $connection = null;
    private int $process = 0;

    /**
     * @param int $timeoutMs how long a reply may take, beyond what the request itself waits for
     * @param int $connectTimeoutMs how long a daemon that is starting or crowded is tried
     * @param int $retryForMs how long a request that cannot act twice is sent again
     */
    public function __construct(
        ?string $socket = null,
        public readonly int $timeoutMs = 30_000,
        public readonly int $connectTimeoutMs = 5_000,
        public readonly int $retryForMs = 10_000,
        #[\SensitiveParameter] private readonly ?string $token = null,
        private readonly string $name = 'till-php',
    ) {
        $call = \Closure::fromCallable([$this, 'call']);
        parent::__construct($call);
        $this->path = Wire::socketPath($socket);
        $this->events = new Events($this, $call);
    }

    /** An idempotency key nobody used before. Keep it with what it stands for. */
    public static function makeKey(): string
    {
        return 'php-' . bin2hex(random_bytes(16));
    }

    /**
     * Any method by its name; the typed ones are `$till->order->create` and so on. A write gets a
     * key if it has none. It is sent again only where it cannot act twice.
     *
     * @param array<string, mixed> $params
     * @return array<string, mixed>
     */
    public function call(string $method, array $params = []): array
    {
        $request = new Request($method, $params, $this->timeoutMs);
        $repetition = new Repetition($request, $this->retryForMs);
        while (true) {
            try {
                return $this->once($request);
            } catch (Lost | TillError $fault) {
                $pause = $repetition->pauseMs($fault);
            }
            Wire::sleepMs($pause);
        }
    }

    /**
     * What became of it: the stored result, or null when nothing happened under its key. Throws
     * the stored error, and `$unknown` again when it is still running after the patience.
     *
     * @return array<string, mixed>|null
     */
    public function settle(OutcomeUnknown $unknown, int $patienceMs = 60_000): ?array
    {
        if ($unknown->key === null) {
            throw $unknown;
        }
        $until = Wire::nowMs() + $patienceMs;
        for ($attempt = 0;; $attempt += 1) {
            $found = $this->call('key.lookup', ['key' => $unknown->key]);
            $reply = $found['reply'] ?? [];
            if ($found['state'] === 'absent') {
                return null;
            }
            if (isset($reply['error'])) {
                throw Wire::replyError($reply['error'], $unknown->method, $unknown->key);
            }
            if (isset($reply['result'])) {
                return $reply['result'];
            }
            if (Wire::nowMs() > $until) {
                throw $unknown;
            }
            Wire::sleepMs(Wire::pauseMs($attempt));
        }
    }

    /** Ends the connection. The client may be used again. */
    public function close(): void
    {
        $this->connection?->close();
        $this->connection = null;
    }

    /**
     * A connection of its own; the caller closes it.
     *
     * @internal
     */
    public function connect(): Connection
    {
        $deadline = Wire::nowMs() + $this->connectTimeoutMs;
        return new Connection($this->path, $deadline, $this->name, $this->token);
    }

    /** @return array<string, mixed> */
    private function once(Request $request): array
    {
        $connection = $this->take();
        try {
            $reply = $connection->exchange($request);
        } catch (\Throwable $fault) {
            $connection->close();
            throw $fault;
        }
        $this->connection = $connection;
        return $request->result($reply);
    }

    private function take(): Connection
    {
        $kept = $this->connection;
        $this->connection = null;
        if ($this->process !== getmypid()) {
            // The parent goes on with its own; here only the copy is closed.
            $this->process = (int) getmypid();
            $kept?->close();
        } elseif ($kept !== null) {
            if ($kept->isFresh()) {
                return $kept;
            }
            $kept->close();
        }
        return $this->connect();
    }
}
