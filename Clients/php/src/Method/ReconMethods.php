<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of recon.
 *
 * @phpstan-import-type Run from Types
 * @phpstan-import-type KindCount from Types
 * @phpstan-import-type ToSign from Types
 */
class ReconMethods extends Family
{
    /**
     * One reconciliation run. With its discrepancies by kind, as they stand now, and what is needed
     * to sign it.
     *
     * @param string $run Which.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{run: Run, kinds: list<KindCount>, to_sign?: ToSign, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $run,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('recon.get', [
            'run' => $run,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Reconciliation runs. Newest first.
     *
     * @param string|null $gateway Whose.
     * @param string|null $statement Of this statement.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{runs: list<Run>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $gateway = null,
        ?string $statement = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('recon.list', [
            'gateway' => $gateway,
            'statement' => $statement,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Compare a statement with our books. Every row of both sides ends in exactly one bucket. A
     * success that only the statement knows pays the order, with the row as evidence. Every
     * difference is named and opened as a discrepancy; one that an earlier run opened is counted as
     * known. Beside it the bill of the balance shows whether each trade, refund and fee was moved
     * as it was earned, and the bank's statement whether each payout arrived, and when. May be
     * repeated.
     *
     * @param string $statement A gateway's bill.
     * @param string|null $fund The bill of the balance for the same days: what was earned must have been moved. By default the one in force, if one is here.
     * @param string|null $bank The bank's statement in which its payouts must be found: those of the bill of the balance, else of the bill itself.
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{run: Run, kinds: list<KindCount>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function run(
        string $statement,
        ?string $fund = null,
        ?string $bank = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('recon.run', [
            'statement' => $statement,
            'fund' => $fund,
            'bank' => $bank,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Put your name under a run. Two persons stand for a run: the first is anybody of finance, the
     * second somebody else of the lead. Every discrepancy that the run found must be decided or
     * wait for a named day. The names stand under the digest of the run, its sums, its
     * discrepancies and their decisions, which goes into the event chain. Whatever changes one of
     * them makes the names void and says so: recon.reopened; so does a statement that is issued
     * again, at the moment it comes in.
     *
     * @param string $run Which.
     * @param string|null $sha256 The digest that recon.get showed under to_sign; another one is refused.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{run: Run, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function sign(
        string $run,
        ?string $sha256 = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('recon.sign', [
            'run' => $run,
            'sha256' => $sha256,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
