<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of sandbox.
 *
 * @phpstan-import-type Fault from Types
 * @phpstan-import-type Trade from Types
 * @phpstan-import-type DisputeStatus from Types
 * @phpstan-import-type Callback from Types
 * @phpstan-import-type SandboxState from Types
 */
class SandboxMethods extends Family
{
    /**
     * Make a sandbox misbehave. Until for_ms has passed, calls were so many, or the fault none is
     * set.
     *
     * @param Fault $fault What it does.
     * @param string|null $gateway Which sandbox; default the only one.
     * @param int|null $for_ms How long.
     * @param int|null $calls For so many calls.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{gateway: string, faults: list<Fault>, until_at?: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function behave(
        string $fault,
        ?string $gateway = null,
        ?int $for_ms = null,
        ?int $calls = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('sandbox.behave', [
            'fault' => $fault,
            'gateway' => $gateway,
            'for_ms' => $for_ms,
            'calls' => $calls,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * The sandbox's own books. What the sandbox believes, kept apart from the daemon's store.
     * Newest first.
     *
     * @param string|null $gateway Which sandbox; default the only one.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{trades: list<Trade>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function books(
        ?string $gateway = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('sandbox.books', [
            'gateway' => $gateway,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Be the buyer's bank at a sandbox gateway. Opens a dispute of a paid payment, or says what
     * became of the one that is there, and decides what becomes of the notification.
     *
     * @param string $payment Payment id.
     * @param DisputeStatus|null $state What the bank says.
     * @param Callback|null $callback What becomes of the notification.
     * @param int|null $delay_ms Delay of the notification, for delay.
     * @param Money|null $amount How much; all that was paid if left out. Set when it opens.
     * @param int|null $due_in_ms How long an answer is taken; seven days if left out. Set when it opens.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{trade: Trade, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function dispute(
        string $payment,
        ?string $state = null,
        ?string $callback = null,
        ?int $delay_ms = null,
        Money|array|null $amount = null,
        ?int $due_in_ms = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('sandbox.dispute', [
            'payment' => $payment,
            'state' => $state,
            'callback' => $callback,
            'delay_ms' => $delay_ms,
            'amount' => $amount,
            'due_in_ms' => $due_in_ms,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Be the buyer at a sandbox gateway. Pays, fails or leaves a payment, and decides what becomes
     * of the notification.
     *
     * @param string $payment Payment id.
     * @param SandboxState|null $state What the buyer does.
     * @param Callback|null $callback What becomes of the notification.
     * @param int|null $delay_ms Delay of the notification, for delay.
     * @param Money|null $amount Pay another amount.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{trade: Trade, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function pay(
        string $payment,
        ?string $state = null,
        ?string $callback = null,
        ?int $delay_ms = null,
        Money|array|null $amount = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('sandbox.pay', [
            'payment' => $payment,
            'state' => $state,
            'callback' => $callback,
            'delay_ms' => $delay_ms,
            'amount' => $amount,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
