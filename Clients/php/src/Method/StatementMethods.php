<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

use Till\Family;
use Till\Money;

/**
 * Methods of statement.
 *
 * @phpstan-import-type Bill from Types
 * @phpstan-import-type BillKind from Types
 * @phpstan-import-type Statement from Types
 * @phpstan-import-type StatementPreview from Types
 * @phpstan-import-type StatementContent from Types
 */
class StatementMethods extends Family
{
    /**
     * Send a piece of a file. Pieces come in order. One that is here already is answered as the
     * first time, so that it may be repeated after a lost reply.
     *
     * @param string $statement From statement.begin.
     * @param int $offset Where the piece begins.
     * @param string $data_base64 The piece.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{received: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function append(
        string $statement,
        int $offset,
        string $data_base64,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.append', [
            'statement' => $statement,
            'offset' => $offset,
            'data_base64' => $data_base64,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Announce a file. The file comes in pieces by statement.append, and is taken in by
     * statement.import. It is forgotten a day later if it is not. The same bytes announced again go
     * on where they stopped.
     *
     * @param int $bytes Size of the file.
     * @param string $sha256 Digest of its bytes.
     * @param string|null $name What it is called.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{statement: string, received: int, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function begin(
        int $bytes,
        string $sha256,
        ?string $name = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.begin', [
            'bytes' => $bytes,
            'sha256' => $sha256,
            'name' => $name,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Gateways' bills and how far each is. One for each gateway, kind and day since the gateway's
     * first payment, newest day first. Of the bank's files a warning tells: the days that no file
     * covers while payouts wait which may have come on them.
     *
     * @param string|null $gateway Only of this gateway.
     * @param int|null $limit Rows at most.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{bills: list<Bill>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function bills(
        ?string $gateway = null,
        ?int $limit = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.bills', [
            'gateway' => $gateway,
            'limit' => $limit,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Download a gateway's bills now. Bills come by themselves at their ready time and again until
     * they are there; this asks now, also for a bill that is there, which may have been issued
     * again. It answers at once: the download, the import and the comparison follow, and
     * statement.bills tells how far they are.
     *
     * @param string $gateway The configured gateway.
     * @param string|null $day The day it is about, in the gateway's zone; by default the last one whose bill should be there.
     * @param BillKind|null $kind Only this kind; by default all that the gateway gives out.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{bills: list<Bill>, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function fetch(
        string $gateway,
        ?string $day = null,
        ?string $kind = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.fetch', [
            'gateway' => $gateway,
            'day' => $day,
            'kind' => $kind,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * One bill or bank statement. With what it states about itself and what its rows give.
     *
     * @param string $statement Which.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{statement: Statement, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function get(
        string $statement,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.get', [
            'statement' => $statement,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }

    /**
     * Take a bill or bank statement in. The form is guessed by the heading unless layout names it;
     * zip files, GBK and UTF-8 are told apart by themselves. A file whose bytes are known already
     * is answered with known. One for days that are there is issued again: it supersedes the older.
     * The same bytes read by another layout are a statement of their own, in place of the first. A
     * row of a bank's statement by which money came in under the out_trade_no of a payment of kind
     * transfer pays that payment, or shows it to a person where the amount is another; where the
     * statement is named as a gateway whose notices prove little, its rows confirm weakly paid
     * payments of the same sum. With dry_run nothing is kept: preview shows the first rows as they
     * were understood, and every row that does not read with a hint.
     *
     * @param string $statement From statement.begin; all pieces are here.
     * @param string|null $gateway The configured gateway whose bill it is; without it the only one that gives out such files. For a bank's statement, a name for the account.
     * @param string|null $layout How it is laid out: alipay_trade, alipay_fund, wechat_trade, wechat_fund, stripe, paypal, paypal_day_first, mt940, ofx, camt053, or a layout that the configuration saves. Guessed without it.
     * @param array<string, mixed>|null $mapping Declares a layout, for files of any shop or channel, in place of layout. It is kept with the statement, which is always read by it.
     * @param int|null $from_at The days it covers begin; by default the day of its first row.
     * @param int|null $to_at And end; by default the day after its last row's.
     * @param int|null $timeout_ms
     * @param bool|null $dry_run
     * @param string|null $trace
     * @return array{statement: Statement, known: bool, left_out: list<string>, filled_back: int, supersedes?: string, preview?: StatementPreview, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function import(
        string $statement,
        ?string $gateway = null,
        ?string $layout = null,
        ?array $mapping = null,
        ?int $from_at = null,
        ?int $to_at = null,
        ?int $timeout_ms = null,
        ?bool $dry_run = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.import', [
            'statement' => $statement,
            'gateway' => $gateway,
            'layout' => $layout,
            'mapping' => self::object($mapping),
            'from_at' => $from_at,
            'to_at' => $to_at,
            'timeout_ms' => $timeout_ms,
            'dry_run' => $dry_run,
            'trace' => $trace,
        ]);
    }

    /**
     * Bills and bank statements. All filters must hold. Newest first.
     *
     * @param string|null $gateway Whose.
     * @param StatementContent|null $content What they hold.
     * @param int|null $from_at With days after this.
     * @param int|null $to_at With days before this.
     * @param int|null $limit Rows at most.
     * @param string|null $page next of the page before.
     * @param int|null $timeout_ms
     * @param string|null $trace
     * @return array{statements: list<Statement>, next?: string, cursor?: string, replayed?: bool, dry_run?: bool, warnings?: list<string>}
     */
    public function list(
        ?string $gateway = null,
        ?string $content = null,
        ?int $from_at = null,
        ?int $to_at = null,
        ?int $limit = null,
        ?string $page = null,
        ?int $timeout_ms = null,
        ?string $trace = null,
    ): array {
        return $this->call('statement.list', [
            'gateway' => $gateway,
            'content' => $content,
            'from_at' => $from_at,
            'to_at' => $to_at,
            'limit' => $limit,
            'page' => $page,
            'timeout_ms' => $timeout_ms,
            'trace' => $trace,
        ]);
    }
}
