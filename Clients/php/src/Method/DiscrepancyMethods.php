<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of discrepancy.
 *
 * @phpstan-import-type Discrepancy from Types
 * @phpstan-import-type DiscrepancyKind from Types
 * @phpstan-import-type DiscrepancyState from Types
 * @phpstan-import-type AdjudicationVerb from Types
 * @phpstan-import-type DeskPile from Types
 * @phpstan-import-type AgeCount from Types
 * @phpstan-import-type KindOpened from Types
 * @phpstan-import-type CauseCount from Types
 */
class DiscrepancyMethods extends Family
{
    /**
     * Agree to a proposed decision. By another operator than the one who proposed it, or by any
     * where a rule did. Then it takes effect.
     *
     * @param string $discrepancy Which.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{discrepancy: Discrepancy, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function confirm(
        string $discrepancy,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.confirm', [
            'discrepancy' => $discrepancy,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * One discrepancy. With both sides, the likely cause and what is done about it.
     *
     * @param string $discrepancy Which.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{discrepancy: Discrepancy, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $discrepancy,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.get', [
            'discrepancy' => $discrepancy,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Discrepancies. All filters must hold. Newest first.
     *
     * @param string|null $run Found by this run.
     * @param string|null $gateway Whose.
     * @param DiscrepancyKind|null $kind Of this kind.
     * @param DiscrepancyState|null $state Where they stand.
     * @param string|null $order About this order.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{discrepancies: list<Discrepancy>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $run = null,
        ?string $gateway = null,
        ?string $kind = null,
        ?string $state = null,
        ?string $order = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.list', [
            'run' => $run,
            'gateway' => $gateway,
            'kind' => $kind,
            'state' => $state,
            'order' => $order,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Decide a difference, or propose how. One person decides a small one at once; a large one, and
     * whatever tells a final payment otherwise, waits until another operator confirms, and takes a
     * token already here. No verb changes a fact: each is an event with its entries in the books.
     *
     * @param string $discrepancy Which.
     * @param AdjudicationVerb $verb What to do.
     * @param string $reason Why, for those who read it later.
     * @param int|null $until For wait_until: when to look again.
     * @param string|null $partner For merge_match: the other half of the same movement.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{discrepancy: Discrepancy, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function propose(
        string $discrepancy,
        string $verb,
        string $reason,
        ?int $until = null,
        ?string $partner = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.propose', [
            'discrepancy' => $discrepancy,
            'verb' => $verb,
            'reason' => $reason,
            'until' => $until,
            'partner' => $partner,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Turn a proposed decision down. The difference is open again.
     *
     * @param string $discrepancy Which.
     * @param string $reason Why, for those who read it later.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{discrepancy: Discrepancy, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function reject(
        string $discrepancy,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.reject', [
            'discrepancy' => $discrepancy,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * What lies on the desk, how old it is, and what keeps coming back. Undecided discrepancies by
     * kind, those at which most is at stake first; by age; and of the last days what was opened,
     * what the machine ended, what people decided in time, and the causes of resolved cases, most
     * frequent first.
     *
     * @param string|null $gateway Discrepancies of this one; causes are of all cases.
     * @param int|null $days How far back.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{undecided: list<DeskPile>, ages: list<AgeCount>, opened: list<KindOpened>, by_machine: int, in_time: int, late: int, causes: list<CauseCount>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function summary(
        ?string $gateway = null,
        ?int $days = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.summary', [
            'gateway' => $gateway,
            'days' => $days,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Take a decision of people back. What it posted is posted the other way; nothing is erased,
     * and the difference is open again.
     *
     * @param string $discrepancy Which.
     * @param string $reason Why, for those who read it later.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{discrepancy: Discrepancy, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function undo(
        string $discrepancy,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('discrepancy.undo', [
            'discrepancy' => $discrepancy,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
