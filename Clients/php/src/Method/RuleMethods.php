<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of rule.
 *
 * @phpstan-import-type RuleMode from Types
 * @phpstan-import-type Rule from Types
 * @phpstan-import-type BackTest from Types
 * @phpstan-import-type RuleProposal from Types
 */
class RuleMethods extends Family
{
    /**
     * Put a pattern of decisions in force. What a run finds from then on is treated like the
     * differences before it: only what one person may decide alone, never a larger difference than
     * people decided so. A rule that suggests proposes and a person confirms or turns down
     * (discrepancy.confirm, discrepancy.reject); one decision of people is enough to have it. A
     * rule that closes decides at once; it takes twenty decisions of people and a back-test in
     * which nothing ended otherwise. Each such decision names the rule and is undone like any
     * other; the first that is undone ends a rule that closes. A rule of the same pattern in the
     * other mode ends with it. rule.proposals shows the back-test beforehand.
     *
     * @param string $pattern As rule.proposals shows it.
     * @param RuleMode|null $mode How far it goes.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{rule: Rule, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function activate(
        string $pattern,
        ?string $mode = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.activate', [
            'pattern' => $pattern,
            'mode' => $mode,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * End a rule. What it has decided stands until somebody undoes it.
     *
     * @param string $rule Which.
     * @param string $reason Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{rule: Rule, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function deactivate(
        string $rule,
        string $reason,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.deactivate', [
            'rule' => $rule,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * A rule, what it has done, and its back-test today. The back-test plays the rule over all that
     * ever differed, also what came after it was put in force.
     *
     * @param string $rule Which.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{rule: Rule, back_test: BackTest, decisions: int, taken_back: int, confirmed: int, turned_down: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $rule,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.get', [
            'rule' => $rule,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Rules in force, and those that were. Newest first.
     *
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{rules: list<Rule>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.list', [
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * What people decide alike again and again. Each pattern of decisions with a rule of it played
     * over all that ever differed: how many it would have decided, how many of these people decided
     * alike, and every one that ended otherwise. Best supported first. Only decisions that one
     * person may make alone are counted, and none that a rule made by itself.
     *
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{proposals: list<RuleProposal>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function proposals(
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.proposals', [
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
