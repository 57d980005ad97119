<?php

// Hands out the codes of paid orders: `php worker.php`. See ../README.md.
//
// A code is a file in `stock/free`. It is renamed to `stock/taken`, which only one process can do,
// and linked under the order's id into `stock/sold`, which can be done once; there the page finds
// it. Killed at any moment and started again, the worker never gives an order two codes nor two
// orders one. A code that a kill left in `taken` and not in `sold` belongs to nobody.

declare(strict_types=1);

use Till\Client;
use Till\Error\ConflictError;
use Till\TillError;

require __DIR__ . '/../../php/autoload.php';

const CONSUMER = 'example-shop';

/** Whether the order has its code, now and ever; false when there are no codes left. */
function take(string $stock, string $order): bool
{
    $sold = "$stock/sold/$order";
    foreach (array_diff(scandir("$stock/free"), ['.', '..']) as $name) {
        clearstatcache();
        if (file_exists($sold)) {
            break;
        }
        [$free, $taken] = ["$stock/free/$name", "$stock/taken/$name"];
        // Another worker may have been quicker with either; that is no error.
        if (@rename($free, $taken) && !@link($taken, $sold)) {
            rename($taken, $free);
        }
    }
    clearstatcache();
    return file_exists($sold);
}

/** @param array<string, mixed> $event */
function handOut(Client $till, string $stock, array $event): void
{
    $order = $event['order'];
    try {
        // The event's id makes the key: the same event again gets the same claim.
        $key = "hand-out-{$event['id']}";
        $line = $event['data']['line'];
        $claim = $till->delivery->claim($order, line: $line, idempotency_key: $key)['claim'];
        if (take($stock, $order)) {
            $till->delivery->complete($claim, reference: "sold/$order");
        } else {
            $till->delivery->fail($claim, reason: 'no codes left');
        }
    } catch (ConflictError $fault) {
        // Another worker has it, it is held, or the lease ended meanwhile: a person sees it.
        echo "$order is not ours: {$fault->getMessage()}\n";
    }
}

$stock = getenv('SHOP_STOCK') ?: 'stock';
foreach (['free', 'taken', 'sold'] as $folder) {
    is_dir("$stock/$folder") || mkdir("$stock/$folder", 0o700, true);
}
$till = new Client();
while (true) {
    try {
        foreach ($till->events->consume(CONSUMER, types: ['delivery.pending']) as $event) {
            handOut($till, $stock, $event);
        }
    } catch (TillError $fault) {
        echo $fault->getMessage(), "\n";
        sleep(1);
    }
}
