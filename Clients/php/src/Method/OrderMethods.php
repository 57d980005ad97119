<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of order.
 *
 * @phpstan-import-type Order from Types
 * @phpstan-import-type Line from Types
 * @phpstan-import-type Buyer from Types
 * @phpstan-import-type Found from Types
 * @phpstan-import-type PayState from Types
 * @phpstan-import-type DeliveryState from Types
 * @phpstan-import-type RiskState from Types
 * @phpstan-import-type OrderFlag from Types
 * @phpstan-import-type OrderSort from Types
 * @phpstan-import-type Lang from Types
 * @phpstan-import-type Tell from Types
 * @phpstan-import-type TimelineStep from Types
 * @phpstan-import-type WaitState from Types
 * @phpstan-import-type Why from Types
 */
class OrderMethods extends Family
{
    /**
     * Accept an order whose money differs from what was asked. For orders in review, and for those
     * paid by a weak word alone (flag weak). Two people: the first call proposes, the call of
     * another operator confirms. Then what was captured counts as what was due, with the flag
     * forced, and goods that waited for it go out.
     *
     * @param string $order Order id or order_no.
     * @param string $reason Why.
     * @param int|null $version Only if the object still has this version.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{order: Order, accepted: bool, proposed_by?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function accept(
        string $order,
        string $reason,
        ?int $version = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.accept', [
            'order' => $order,
            'reason' => $reason,
            'version' => $version,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Cancel an order. Open payments go to closing at their gateways; the order is cancelled when
     * none can succeed any more. The reply comes before that, with closing true; an event tells the
     * end.
     *
     * @param string $order Order id or order_no.
     * @param string|null $reason Why.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{order: Order, closing: bool, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function cancel(
        string $order,
        ?string $reason = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.cancel', [
            'order' => $order,
            'reason' => $reason,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Create an order. The order_no is the natural key: an order that has it already is returned in
     * the error already_exists. The sum of the lines must be the amount.
     *
     * @param Money $amount What is due.
     * @param string $subject What the buyer pays for.
     * @param string|null $order_no The shop's number; default the order's id.
     * @param list<Line>|null $lines Articles; they add up to amount.
     * @param Buyer|null $buyer Who buys.
     * @param string|null $source Where the order came from.
     * @param int|null $expires_in_ms Life of the order; default from the configuration, 15 minutes.
     * @param array<string, mixed>|null $metadata The shop's own members.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{order: Order, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function create(
        Money|array $amount,
        string $subject,
        ?string $order_no = null,
        ?array $lines = null,
        ?array $buyer = null,
        ?string $source = null,
        ?int $expires_in_ms = null,
        ?array $metadata = null,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.create', [
            'amount' => $amount,
            'subject' => $subject,
            'order_no' => $order_no,
            'lines' => $lines,
            'buyer' => self::object($buyer),
            'source' => $source,
            'expires_in_ms' => $expires_in_ms,
            'metadata' => self::object($metadata),
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Blank the personal data of an order. The buyer's members, the bytes of its notifications
     * (body, query, headers and sender), the answers of gateways about it and what was attached to
     * its disputes are erased for good; their digests stay. Money, events and the chain stay. A
     * notification that nobody has vouched for yet keeps its bytes, and what comes later is kept as
     * ever: erase again.
     *
     * @param string $order Order id or order_no.
     * @param string|null $idempotency_key
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{order: Order, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function erasePersonal(
        string $order,
        ?string $idempotency_key = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.erase_personal', [
            'order' => $order,
            'idempotency_key' => $idempotency_key,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Find an order by any number a person may hold. Compares order_no, ids, our number at the
     * gateway, the gateway's number and refund numbers.
     *
     * @param string $number The number.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{matches: list<Found>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function find(
        string $number,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.find', [
            'number' => $number,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * One order. By id or order_no.
     *
     * @param string $order Order id or order_no.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{order: Order, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $order,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.get', [
            'order' => $order,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Orders by state, time, amount, buyer or text. All filters must hold. email, user_id and text
     * find parts of at least two characters, in either letter case; order_by sorts. Roles that see
     * personal data masked cannot look for email, user_id and ip.
     *
     * @param PayState|null $pay_state Money.
     * @param DeliveryState|null $delivery_state Goods.
     * @param RiskState|null $risk_state Risk.
     * @param OrderFlag|null $flag What is unusual.
     * @param string|null $gateway Has a payment there.
     * @param string|null $method Has a payment of this method.
     * @param int|null $amount_min Least amount, in minor units.
     * @param int|null $amount_max Largest amount, in minor units.
     * @param string|null $currency Currency.
     * @param int|null $created_from Created at or after.
     * @param int|null $created_to Created before.
     * @param int|null $paid_from Paid at or after.
     * @param int|null $paid_to Paid before.
     * @param string|null $email Part of the e-mail.
     * @param string|null $user_id Part of the buyer's number.
     * @param string|null $ip Address of the buyer.
     * @param string|null $text Part of the subject or of a line's name.
     * @param OrderSort|null $order_by Order of the rows.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{orders: list<Order>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $pay_state = null,
        ?string $delivery_state = null,
        ?string $risk_state = null,
        ?string $flag = null,
        ?string $gateway = null,
        ?string $method = null,
        ?int $amount_min = null,
        ?int $amount_max = null,
        ?string $currency = null,
        ?int $created_from = null,
        ?int $created_to = null,
        ?int $paid_from = null,
        ?int $paid_to = null,
        ?string $email = null,
        ?string $user_id = null,
        ?string $ip = null,
        ?string $text = null,
        ?string $order_by = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.list', [
            'pay_state' => $pay_state,
            'delivery_state' => $delivery_state,
            'risk_state' => $risk_state,
            'flag' => $flag,
            'gateway' => $gateway,
            'method' => $method,
            'amount_min' => $amount_min,
            'amount_max' => $amount_max,
            'currency' => $currency,
            'created_from' => $created_from,
            'created_to' => $created_to,
            'paid_from' => $paid_from,
            'paid_to' => $paid_to,
            'email' => $email,
            'user_id' => $user_id,
            'ip' => $ip,
            'text' => $text,
            'order_by' => $order_by,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * The one definite sentence for the buyer, and the one for support. No vague sentence can come
     * out: each has the facts it needs, and a payment under way says when it is looked at next.
     *
     * @param string $order Order id or order_no.
     * @param Lang|null $lang Language of the sentences.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{order: string, tell: Tell, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function tell(
        string $order,
        ?string $lang = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.tell', [
            'order' => $order,
            'lang' => $lang,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Every step in the life of an order, with its evidence. Events, notifications, queries and
     * calls in the order they happened.
     *
     * @param string $order Order id or order_no.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{order: string, steps: list<TimelineStep>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function timeline(
        string $order,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.timeline', [
            'order' => $order,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Wait until an order reaches a state. Answers at once if it is there already. timed_out is a
     * normal result. An order waited for is watched: its gateway is asked more often.
     *
     * @param string $order Order id or order_no.
     * @param list<WaitState> $until Any of these ends the wait.
     * @param int|null $wait_ms How long at most; within timeout_ms.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{order: Order, timed_out: bool, reached?: WaitState, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function wait(
        string $order,
        array $until,
        ?int $wait_ms = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.wait', [
            'order' => $order,
            'until' => $until,
            'wait_ms' => $wait_ms,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Why an order is in its state. The rule of pay_state that holds, the facts behind it with
     * their evidence, and what happens next by itself.
     *
     * @param string $order Order id or order_no.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{order: string, why: Why, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function why(
        string $order,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('order.why', [
            'order' => $order,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
