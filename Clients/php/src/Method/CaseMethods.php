<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of case.
 *
 * @phpstan-import-type Case from Types
 * @phpstan-import-type CaseNote from Types
 * @phpstan-import-type CaseState from Types
 * @phpstan-import-type CaseKind from Types
 * @phpstan-import-type CaseSeverity from Types
 * @phpstan-import-type CauseCode from Types
 * @phpstan-import-type CaseWait from Types
 * @phpstan-import-type CasePaper from Types
 */
class CaseMethods extends Family
{
    /**
     * Give a case to somebody. Whoever was the owner before is not any more.
     *
     * @param string $case Which.
     * @param string $owner Whose work it is: the name of an operator, or a principal of the peer map.
     * @param int|null $due When the next step must have followed; a day from now if not given.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function assign(
        string $case,
        string $owner,
        ?int $due = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.assign', [
            'case' => $case,
            'owner' => $owner,
            'due' => $due,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Put a resolved case away. Only when every discrepancy that it is about is decided, or waits
     * for a day. Marks on its orders that nothing but a person's look ends are cleared: by kind
     * refund_returned its own; by refund those of refunds that failed, came back, were made outside
     * or contradict themselves; by excess a second charge; by dispute those of odd disputes; by
     * gateway and other contradictions, unknown statuses and foreign transactions.
     *
     * @param string $case Which.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function close(
        string $case,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.close', [
            'case' => $case,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Agree to the cause that another operator named. Never the same person.
     *
     * @param string $case Which.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function confirm(
        string $case,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.confirm', [
            'case' => $case,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * One case. With what people wrote into it; evidence that is no text is read with case.paper.
     *
     * @param string $case Which.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{case: Case, notes: list<CaseNote>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $case,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.get', [
            'case' => $case,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Say what else a case is about. What is linked already stays as it is.
     *
     * @param string $case Which.
     * @param list<string> $links Orders, payments, refunds, disputes, discrepancies, runs.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function link(
        string $case,
        array $links,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.link', [
            'case' => $case,
            'links' => $links,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Cases. All filters must hold. Newest first.
     *
     * @param bool|null $live Only those for which somebody still has to do something, or only the others.
     * @param CaseState|null $state Where they stand.
     * @param bool|null $escalated Nobody did anything in time, or somebody did.
     * @param CaseKind|null $kind What they are about.
     * @param CaseSeverity|null $severity How much hangs on them.
     * @param string|null $owner Whose work they are.
     * @param CauseCode|null $cause Why it came to them.
     * @param string|null $about Linked with this.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{cases: list<Case>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?bool $live = null,
        ?string $state = null,
        ?bool $escalated = null,
        ?string $kind = null,
        ?string $severity = null,
        ?string $owner = null,
        ?string $cause = null,
        ?string $about = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.list', [
            'live' => $live,
            'state' => $state,
            'escalated' => $escalated,
            'kind' => $kind,
            'severity' => $severity,
            'owner' => $owner,
            'cause' => $cause,
            'about' => $about,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Write into a case, or add evidence. Kept sealed, with its digest in the log. Give text for
     * text or content_base64 for any bytes, not both. waiting_for says whom the work waits for from
     * now on.
     *
     * @param string $case Which.
     * @param string|null $text What you have to say.
     * @param string|null $content_base64 Evidence, any bytes.
     * @param string|null $name A name for people; sealed too.
     * @param string|null $media_type What the bytes are; else text/plain for text, application/octet-stream for bytes.
     * @param CaseWait|null $waiting_for Whom the work waits for from now on.
     * @param int|null $due When the next step must have followed; a day from now if not given.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function note(
        string $case,
        ?string $text = null,
        ?string $content_base64 = null,
        ?string $name = null,
        ?string $media_type = null,
        ?string $waiting_for = null,
        ?int $due = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.note', [
            'case' => $case,
            'text' => $text,
            'content_base64' => $content_base64,
            'name' => $name,
            'media_type' => $media_type,
            'waiting_for' => $waiting_for,
            'due' => $due,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Open a case: work for people. Somebody must take it up within two hours. What it is about is
     * linked; the order of a payment, refund or dispute is linked with it. Cases also open by
     * themselves: for differences that one person may not decide, for excess money, for a refund
     * that came back, for a payment without an answer for a day.
     *
     * @param CaseKind $kind What it is about.
     * @param CaseSeverity|null $severity How much hangs on it.
     * @param list<string>|null $links Orders, payments, refunds, disputes, discrepancies, runs.
     * @param string|null $text What happened, in words.
     * @param string|null $owner Whose work it is: the name of an operator, or a principal of the peer map.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function open(
        string $kind,
        ?string $severity = null,
        ?array $links = null,
        ?string $text = null,
        ?string $owner = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.open', [
            'kind' => $kind,
            'severity' => $severity,
            'links' => $links,
            'text' => $text,
            'owner' => $owner,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * A note or a piece of evidence of a case. The bytes that were given.
     *
     * @param string $case Which.
     * @param string $paper Which of its papers.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{paper: CasePaper, name?: string, content_base64: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function paper(
        string $case,
        string $paper,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.paper', [
            'case' => $case,
            'paper' => $paper,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Take a case up again. Also how a second person turns down the cause that the first one named.
     *
     * @param string $case Which.
     * @param string $text Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function reopen(
        string $case,
        string $text,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.reopen', [
            'case' => $case,
            'text' => $text,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Name the cause: the work is done. Of a case on which much hangs a second operator must agree;
     * then the first needs a token as well.
     *
     * @param string $case Which.
     * @param CauseCode $cause Why it came to it.
     * @param string|null $text The same in words.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{case: Case, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function resolve(
        string $case,
        string $cause,
        ?string $text = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('case.resolve', [
            'case' => $case,
            'cause' => $cause,
            'text' => $text,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }
}
