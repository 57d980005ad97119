<?php

declare(strict_types=1);

namespace Till;

/**
 * One connection, one request at a time. After any `Lost` it must be closed, else a late reply
 * would meet the next request.
 *
 * @internal
 */
final class Connection
{
    /** Numbers of errors of connect(2) that pass: EAGAIN, ECONNREFUSED, ENOENT, EINTR. */
    private const WORTH_TRYING = [11, 111, 2, 4];

    /** @var resource */
    private $socket;
    private string $buffer = '';
    private int $seen = 0;
    private int $id = 0;
    private ?Lost $farewell = null;

    public function __construct(string $path, int $deadlineMs, string $name, ?string $token)
    {
        $this->socket = self::open($path, $deadlineMs);
        stream_set_chunk_size($this->socket, Wire::CHUNK_BYTES);
        // The backlog may hold us a while; a silent peer must not.
        $limit = max($deadlineMs, Wire::nowMs() + 1_000);
        try {
            Wire::checkGreeting($this->receive($limit));
            if ($token !== null) {
                $hello = new Request('session.hello', ['client' => $name, 'token' => $token], 0);
                $hello->result($this->exchange($hello, $limit));
            }
        } catch (Lost $fault) {
            $this->close();
            throw new Lost($fault->errorCode, $fault->getMessage(), false, $fault->pauseMs);
        } catch (TillError $fault) {
            $this->close();
            throw $fault;
        }
    }

    public function close(): void
    {
        if (is_resource($this->socket)) {
            fclose($this->socket);
        }
    }

    /** False when the daemon has ended the connection, or said that it will. */
    public function isFresh(): bool
    {
        $read = [$this->socket];
        $none = null;
        while (@stream_select($read, $none, $none, 0) === 1) {
            try {
                $this->fill(Wire::nowMs() + 1_000);
                while (($line = $this->line()) !== null) {
                    if (Wire::farewell(Wire::parse($line)) !== null) {
                        return false;
                    }
                }
            } catch (Lost | ProtocolFault) {
                return false;
            }
            $read = [$this->socket];
        }
        return true;
    }

    /** Sends a request and gives its id. */
    public function send(Request $request): int
    {
        $this->id += 1;
        $line = $request->line($this->id);
        $limit = Wire::nowMs() + max(1_000, $request->timeoutMs);
        while ($line !== '') {
            $this->limitWait($limit);
            $count = @fwrite($this->socket, $line);
            if ($count === false || $count === 0) {
                throw $this->farewell
                    ?? new Lost('connection_lost', 'the request was not taken', true);
            }
            $line = substr($line, $count);
        }
        return $this->id;
    }

    /**
     * The reply. Lines that answer something else are passed over.
     *
     * @return array<string, mixed>
     */
    public function exchange(Request $request, ?int $limitMs = null): array
    {
        $id = $this->send($request);
        $limitMs ??= Wire::nowMs() + $request->timeoutMs;
        try {
            do {
                $message = $this->receive($limitMs);
            } while ($message === null || !Wire::answers($message, $id));
        } catch (ProtocolFault $fault) {
            throw $request->met($fault);
        }
        return $message;
    }

    /**
     * The next line as a message; null when it is not one.
     *
     * @return array<string, mixed>|null
     */
    public function receive(int $limitMs): ?array
    {
        while (($line = $this->line()) === null) {
            $this->fill($limitMs);
        }
        $message = Wire::parse($line);
        $this->farewell = Wire::farewell($message) ?? $this->farewell;
        return $message;
    }

    /** A whole line, if there is one. Each byte is looked at once. */
    private function line(): ?string
    {
        $end = strpos($this->buffer, "\n", $this->seen);
        if ($end === false) {
            $this->seen = strlen($this->buffer);
            if ($this->seen > Wire::LINE_MAX_BYTES) {
                throw new ProtocolFault('a line without end', 'line_too_long');
            }
            return null;
        }
        $line = substr($this->buffer, 0, $end);
        $this->buffer = substr($this->buffer, $end + 1);
        $this->seen = 0;
        return $line;
    }

    private function fill(int $limitMs): void
    {
        $this->limitWait($limitMs);
        $chunk = @fread($this->socket, Wire::CHUNK_BYTES);
        if (stream_get_meta_data($this->socket)['timed_out']) {
            throw new Lost('no_answer', 'the daemon did not answer in time', true);
        }
        if ($chunk === false || $chunk === '') {
            throw $this->farewell
                ?? new Lost('connection_lost', 'the daemon closed the connection', true);
        }
        $this->buffer .= $chunk;
    }

    private function limitWait(int $limitMs): void
    {
        $left = $limitMs - Wire::nowMs();
        if ($left <= 0) {
            throw new Lost('no_answer', 'the daemon did not answer in time', true);
        }
        stream_set_timeout($this->socket, intdiv($left, 1_000), $left % 1_000 * 1_000);
    }

    /** @return resource */
    private static function open(string $path, int $deadlineMs)
    {
        for ($attempt = 0;; $attempt += 1) {
            $left = max(10, $deadlineMs - Wire::nowMs());
            $socket = @stream_socket_client("unix://$path", $number, $message, $left / 1_000);
            if ($socket !== false) {
                return $socket;
            }
            if (!in_array($number, self::WORTH_TRYING, true)) {
                throw new Unreachable("$path: $message", 'unreachable');
            }
            $pause = Wire::pauseMs(min($attempt, 3));
            if (Wire::nowMs() + $pause > $deadlineMs) {
                throw new Lost('unreachable', "$path: $message", false);
            }
            Wire::sleepMs($pause);
        }
    }
}
