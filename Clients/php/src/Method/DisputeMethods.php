<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of dispute.
 *
 * @phpstan-import-type DisputeEvidence from Types
 * @phpstan-import-type Dispute from Types
 * @phpstan-import-type Attachment from Types
 * @phpstan-import-type DisputeStatus from Types
 */
class DisputeMethods extends Family
{
    /**
     * Attach what supports the shop's side of a dispute. Kept sealed, with its digest in the log;
     * nothing is sent to the gateway. Give text for text or content_base64 for any bytes, not both.
     * The same content of the same kind again changes nothing.
     *
     * @param string $dispute Dispute id.
     * @param DisputeEvidence $kind What it shows.
     * @param string|null $name A name for people; sealed too.
     * @param string|null $media_type What the bytes are; else text/plain for text, application/octet-stream for bytes.
     * @param string|null $text Content, if it is text.
     * @param string|null $content_base64 Content, any bytes.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{dispute: Dispute, attachment: Attachment, known: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function attach(
        string $dispute,
        string $kind,
        ?string $name = null,
        ?string $media_type = null,
        ?string $text = null,
        ?string $content_base64 = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('dispute.attach', [
            'dispute' => $dispute,
            'kind' => $kind,
            'name' => $name,
            'media_type' => $media_type,
            'text' => $text,
            'content_base64' => $content_base64,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * The content of one attachment. The bytes that were attached.
     *
     * @param string $dispute Dispute id.
     * @param string $attachment Attachment id.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{attachment: Attachment, name?: string, content_base64: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function attachment(
        string $dispute,
        string $attachment,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('dispute.attachment', [
            'dispute' => $dispute,
            'attachment' => $attachment,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * One dispute. By id. The content of attachments is read with dispute.attachment.
     *
     * @param string $dispute Dispute id.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{dispute: Dispute, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $dispute,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('dispute.get', [
            'dispute' => $dispute,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Disputes by order, payment, gateway, state or due date. All filters must hold. Newest first.
     *
     * @param string|null $order Of this order.
     * @param string|null $payment Of this payment.
     * @param string|null $gateway At this gateway.
     * @param DisputeStatus|null $state State.
     * @param bool|null $open Without an outcome, or with one.
     * @param int|null $due_before Waits for an answer until before this time.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{disputes: list<Dispute>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $order = null,
        ?string $payment = null,
        ?string $gateway = null,
        ?string $state = null,
        ?bool $open = null,
        ?int $due_before = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('dispute.list', [
            'order' => $order,
            'payment' => $payment,
            'gateway' => $gateway,
            'state' => $state,
            'open' => $open,
            'due_before' => $due_before,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Ask the gateway about a dispute now. Joins a query in flight; at most once in two seconds.
     *
     * @param string $dispute Dispute id.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{dispute: Dispute, asked: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function query(
        string $dispute,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('dispute.query', [
            'dispute' => $dispute,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
