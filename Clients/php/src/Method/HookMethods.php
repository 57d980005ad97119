<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of hook.
 *
 * @phpstan-import-type HookState from Types
 * @phpstan-import-type Hook from Types
 * @phpstan-import-type HookMessage from Types
 */
class HookMethods extends Family
{
    /**
     * Outgoing hooks and what they still owe. With messages the ones not taken are listed.
     *
     * @param string|null $hook Only this one.
     * @param HookState|null $state Messages in this state.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{hooks: list<Hook>, messages: list<HookMessage>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $hook = null,
        ?string $state = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('hook.list', [
            'hook' => $hook,
            'state' => $state,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Send an outgoing message again. One given up, or one waiting for its next try, becomes due
     * now.
     *
     * @param string $message The message; see hook.list.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{message: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function retry(
        string $message,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('hook.retry', [
            'message' => $message,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
