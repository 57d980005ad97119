<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of batch.
 *
 * @phpstan-import-type BatchCall from Types
 */
class BatchMethods extends Family
{
    /**
     * Several writes, all or none. The calls run in order in one transaction. One refusal undoes
     * all. Only methods marked batch; no common members within a call.
     *
     * @param list<BatchCall> $calls Calls in order.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{results: list<mixed>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function run(
        array $calls,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('batch.run', [
            'calls' => $calls,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
