<?php

declare(strict_types=1);

namespace Till;

use Till\Method\Tables;

/**
 * What goes over the socket, without state.
 *
 * @internal
 */
final class Wire
{
    public const CHUNK_BYTES = 65_536;
    /** The daemon sends 1 MiB at most; whoever sends more is not one. */
    public const LINE_MAX_BYTES = 4 * 1024 * 1024;
    /** Marks come every 15 s; a longer silence is a connection that only looks alive. */
    public const SILENCE_MS = 45_000;
    private const INTEGER_MAX = 9_007_199_254_740_991;
    private const PAUSE_MIN_MS = 50;
    private const PAUSE_MAX_MS = 2_000;

    /** What was given, TILL_SOCKET, the user's own daemon, or the system's. */
    public static function socketPath(?string $given): string
    {
        $path = $given ?? (getenv('TILL_SOCKET') ?: null);
        if ($path !== null) {
            return $path;
        }
        $own = (getenv('XDG_RUNTIME_DIR') ?: '/nonexistent') . '/till/tilld.sock';
        return file_exists($own) ? $own : '/run/till/tilld.sock';
    }

    public static function nowMs(): int
    {
        return intdiv(hrtime(true), 1_000_000);
    }

    /** Doubles with each attempt; the jitter keeps many clients from coming back together. */
    public static function pauseMs(int $attempt): int
    {
        $most = min(self::PAUSE_MAX_MS, self::PAUSE_MIN_MS << min($attempt, 10));
        return random_int(intdiv($most, 2), $most);
    }

    public static function sleepMs(int $ms): void
    {
        usleep($ms * 1_000);
    }

    /** Refuses what the protocol has no place for, before anything is sent. */
    public static function check(mixed $value, string $path = ''): void
    {
        if ($value instanceof Money) {
            $value = $value->jsonSerialize();
        }
        if (is_array($value) || $value instanceof \stdClass) {
            foreach ((array) $value as $name => $member) {
                self::check($member, "$path/$name");
            }
        } elseif (is_int($value)) {
            if (abs($value) > self::INTEGER_MAX) {
                throw new \InvalidArgumentException("$path: $value is beyond 2^53-1");
            }
        } elseif (!is_string($value) && !is_bool($value) && $value !== null) {
            $kind = get_debug_type($value);
            throw new \InvalidArgumentException(
                "$path: $kind is refused; amounts are integers in minor units"
            );
        }
    }

    /**
     * A message; null for a line that is none, which is passed over.
     *
     * @return array<string, mixed>|null
     */
    public static function parse(string $line): ?array
    {
        try {
            $message = json_decode($line, true, 64, JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            return null;
        }
        return is_array($message) && str_starts_with(ltrim($line), '{') ? $message : null;
    }

    /** The exception for the error object of a reply. */
    public static function replyError(mixed $error, string $method, ?string $key): TillError
    {
        $data = is_array($error) ? ($error['data'] ?? null) : null;
        if (!is_array($data) || !is_string($data['code'] ?? null)) {
            return new ProtocolFault('an error without a code', 'bad_reply', $method, $key);
        }
        $kind = Tables::CLASSES[$data['class'] ?? ''] ?? ReplyError::class;
        if (($data['outcome'] ?? '') === 'unknown') {
            $kind = OutcomeUnknown::class;
        }
        return new $kind((string) ($error['message'] ?? ''), $data['code'], $method, $key, $data);
    }

    /**
     * Throws unless the first line is the greeting.
     *
     * @param array<string, mixed>|null $message
     */
    public static function checkGreeting(?array $message): void
    {
        $params = $message['params'] ?? null;
        $method = is_array($params) ? ($message['method'] ?? '') : '';
        if ($method === 'session.bye') {
            $code = (string) ($params['code'] ?? '');
            [$class, $retry] = Tables::CODES[$code] ?? ['unavailable', 'later'];
            $data = ['code' => $code, 'class' => $class, 'retry' => $retry, 'outcome' => 'none']
                + array_intersect_key($params, ['retry_after_ms' => 0]);
            $error = ['message' => $params['message'] ?? '', 'data' => $data];
            throw self::replyError($error, '', null);
        }
        if ($method !== 'session.greeting') {
            throw new ProtocolFault('the first line is no greeting of tilld', 'bad_greeting');
        }
    }

    /**
     * The farewell in a message.
     *
     * @param array<string, mixed>|null $message
     */
    public static function farewell(?array $message): ?Lost
    {
        $params = $message['params'] ?? null;
        if (($message['method'] ?? '') !== 'session.bye' || !is_array($params)) {
            return null;
        }
        $words = (string) ($params['message'] ?? '');
        $pause = $params['retry_after_ms'] ?? 0;
        return new Lost((string) ($params['code'] ?? ''), $words, true, $pause);
    }

    /**
     * Whether a message is the reply to `$id`. An error without an id can only mean the one sent.
     *
     * @param array<string, mixed>|null $message
     */
    public static function answers(?array $message, int $id): bool
    {
        if ($message === null || !(isset($message['result']) || isset($message['error']))) {
            return false;
        }
        $found = $message['id'] ?? null;
        return $found === $id || ($found === null && isset($message['error']));
    }
}
