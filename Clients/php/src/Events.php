<?php

declare(strict_types=1);

namespace Till;

use Till\Method\EventsMethods;

/** Methods of events, and streams that outlive restarts of the daemon. */
final class Events extends EventsMethods
{
    private const PAUSE_MAX_MS = 15_000;

    /** @param \Closure(string, array<string, mixed>): array<string, mixed> $call */
    public function __construct(private readonly Client $client, \Closure $call)
    {
        parent::__construct($call);
    }

    /**
     * Events as they happen, each with the position just after it as its key, beginning after a
     * cursor, `oldest` or `now`. When the daemon restarts it goes on from the cursor: nothing is
     * lost, nothing comes twice.
     *
     * @param list<string>|null $types
     * @return \Generator<string, array<string, mixed>>
     */
    public function subscribe(
        ?string $after = null,
        ?string $consumer = null,
        ?array $types = null,
        ?string $order = null,
        ?int $limit = null,
    ): \Generator {
        $params = compact('after', 'consumer', 'types', 'order', 'limit');
        $hasConnected = false;
        $attempt = 0;
        while ($params['limit'] !== 0) {
            $wanted = 0;
            $connection = null;
            try {
                $connection = $this->client->connect();
                $hasConnected = true;
                foreach ($this->follow($connection, $params) as $cursor => $event) {
                    $attempt = 0;
                    yield $cursor => $event;
                }
            } catch (Lost $fault) {
                if (!$hasConnected) {
                    $words = $fault->getMessage();
                    throw new Unreachable($words, $fault->errorCode, 'events.subscribe');
                }
                $wanted = $fault->pauseMs;
            } catch (ReplyError $fault) {
                if (!in_array($fault->retry, ['same', 'later'], true)) {
                    throw $fault;
                }
                $wanted = $fault->retryAfterMs ?? 0;
            } finally {
                $connection?->close();
            }
            if ($params['limit'] !== 0) {
                $attempt = min($attempt + 1, 10);
                $pause = min(self::PAUSE_MAX_MS, 2 * Wire::pauseMs($attempt));
                Wire::sleepMs(max($wanted, $pause));
            }
        }
    }

    /**
     * Work for a named consumer: an event is acknowledged when the next one is asked for. At least
     * once: one whose work was interrupted comes again.
     *
     * @param list<string>|null $types
     * @return \Generator<int, array<string, mixed>>
     */
    public function consume(
        string $consumer,
        ?array $types = null,
        string $after = 'oldest',
    ): \Generator {
        foreach ($this->subscribe($after, $consumer, $types) as $cursor => $event) {
            yield $event;
            $this->ack($consumer, $cursor);
        }
    }

    /**
     * The items of one connection, until the daemon ends the stream. Keeps in `$params` what to
     * ask for next.
     *
     * @param array<string, mixed> $params
     * @return \Generator<string, array<string, mixed>>
     */
    private function follow(Connection $connection, array &$params): \Generator
    {
        $request = new Request('events.subscribe', $params, 5_000);
        $id = $connection->send($request);
        while (true) {
            $message = $connection->receive(Wire::nowMs() + Wire::SILENCE_MS);
            $body = $message['params'] ?? null;
            $isMine = is_array($body) && ($body['id'] ?? null) === $id;
            if ($isMine && is_string($body['cursor'] ?? null)) {
                $params['after'] = $body['cursor'];
                if (isset($body['event'])) {
                    $params['limit'] = isset($params['limit']) ? $params['limit'] - 1 : null;
                    yield $body['cursor'] => $body['event'];
                }
            } elseif (Wire::answers($message, $id)) {
                if ($request->result($message)['reason'] === 'cancelled') {
                    $params['limit'] = 0;
                }
                return;
            }
        }
    }
}
