<?php

// Drives the PHP library. One order at a time: PHP waits for each reply.

declare(strict_types=1);

require __DIR__ . '/../../../Clients/php/autoload.php';

use Till\Client;
use Till\OutcomeUnknown;
use Till\TillError;

/** @param array<string, mixed> $parts */
function answer(array $order, array $parts): void
{
    echo json_encode(['n' => $order['n']] + $parts, JSON_THROW_ON_ERROR), "\n";
    flush();
}

/** @return array<string, mixed> */
function told(Throwable $fault): array
{
    $type = (new ReflectionClass($fault))->getShortName();
    if (!$fault instanceof TillError) {
        return ['type' => $type, 'message' => $fault->getMessage()];
    }
    return [
        'type' => $type, 'class' => $fault->errorClass, 'code' => $fault->errorCode,
        'retry' => $fault->retry, 'outcome' => $fault->outcome, 'details' => (object) $fault->details,
        'path' => $fault->path, 'hint' => $fault->hint, 'ref' => $fault->ref, 'key' => $fault->key,
        'retry_after_ms' => $fault->retryAfterMs, 'message' => $fault->plainMessage,
    ];
}

function inFork(Client $client, array $order): array
{
    $file = tempnam(sys_get_temp_dir(), 'till-fork-');
    $child = pcntl_fork();
    $result = $client->call($order['fork'], $order['params'] + ['trace' => 'of-' . getmypid()]);
    if ($child === 0) {
        file_put_contents($file, json_encode($result));
        posix_kill((int) getmypid(), SIGKILL);
    }
    pcntl_waitpid($child, $status);
    $told = json_decode((string) file_get_contents($file), true);
    unlink($file);
    return ['parent' => $result, 'child' => $told];
}

/**
 * How long each of the calls took, in nanoseconds.
 *
 * @return list<int>
 */
function repeated(int $times, Closure $call): array
{
    $spans = [];
    $before = hrtime(true);
    for ($turn = 0; $turn < $times; $turn += 1) {
        $call();
        $now = hrtime(true);
        $spans[] = $now - $before;
        $before = $now;
    }
    return $spans;
}

/** The same without a library: a line out, a line in. */
function repeatedBare(Client $client, array $order, array $params): array
{
    $request = ['id' => 1, 'method' => $order['bare'], 'params' => (object) $params];
    $line = json_encode($request, JSON_THROW_ON_ERROR) . "\n";
    $link = stream_socket_client("unix://$client->path");
    fgets($link);
    return repeated($order['times'], function () use ($link, $line): void {
        fwrite($link, $line);
        fgets($link);
    });
}

/** @var array<string, Client> $clients */
$clients = [];
/** @var array<string, OutcomeUnknown> $unknown */
$unknown = [];
while (($line = fgets(STDIN)) !== false) {
    $order = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    // Objects that are empty must stay objects, as a caller writes them.
    $params = json_decode($line, false, 512, JSON_THROW_ON_ERROR)->params ?? null;
    if (isset($order['open'])) {
        $given = $order['options'];
        $clients[$order['open']] = new Client(
            $given['socket'],
            $given['timeout_ms'] ?? 30_000,
            $given['connect_timeout_ms'] ?? 5_000,
            $given['retry_for_ms'] ?? 10_000,
            $given['token'] ?? null,
        );
        answer($order, ['result' => (object) []]);
        continue;
    }
    $client = $clients[$order['on']];
    try {
        if (isset($order['repeat'])) {
            $call = fn () => $client->call($order['repeat'], (array) $params);
            answer($order, ['result' => ['ns' => repeated($order['times'], $call)]]);
        } elseif (isset($order['bare'])) {
            $spans = repeatedBare($client, $order, (array) $params);
            answer($order, ['result' => ['ns' => $spans]]);
        } elseif (isset($order['subscribe'])) {
            $items = [];
            foreach ($client->events->subscribe(...$order['subscribe']) as $cursor => $event) {
                $items[] = ['event' => $event, 'cursor' => $cursor];
            }
            answer($order, ['result' => ['items' => $items]]);
        } elseif (isset($order['settle'])) {
            answer($order, ['result' => $client->settle($unknown[$order['on']])]);
        } elseif (isset($order['fork'])) {
            answer($order, ['result' => inFork($client, $order)]);
        } else {
            $result = $client->call($order['call'], (array) $params);
            answer($order, ['result' => (object) $result]);
        }
    } catch (TillError | InvalidArgumentException | JsonException $fault) {
        if ($fault instanceof OutcomeUnknown) {
            $unknown[$order['on']] = $fault;
        }
        answer($order, ['error' => told($fault)]);
    }
}
