<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of rule.
 *
 * @phpstan-import-type Rule from Types
 * @phpstan-import-type RuleProposal from Types
 */
class RuleMethods extends Family
{
    /**
     * Put a pattern of decisions in force. From then on what a run finds is decided like those
     * before it: only what one person may decide alone, never a larger difference than people
     * decided so. Each such decision names the rule and is undone like any other; the first that is
     * undone ends the rule.
     *
     * @param string $pattern As rule.proposals shows it.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{rule: Rule, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function activate(
        string $pattern,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.activate', [
            'pattern' => $pattern,
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
     * Rules in force, and those that were. Newest first.
     *
     * @param int|null $limit Rows at most.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{rules: list<Rule>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?int $limit = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('rule.list', [
            'limit' => $limit,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * What people decide alike again and again. Each pattern of decisions with what history says
     * for and against it, best supported first. Only decisions that one person may make alone are
     * counted, and none that a rule made.
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
