<?php

// The web server of the example shop:
//   PHP_CLI_SERVER_WORKERS=16 php -d enable_post_data_reading=0 -S 127.0.0.1:8080 shop.php
// See ../README.md.

declare(strict_types=1);

use Till\Client;
use Till\Error\ConflictError;
use Till\Error\NotFoundError;
use Till\ReplyError;
use Till\TillError;

require __DIR__ . '/../../php/autoload.php';

const WEB = __DIR__ . '/../web/';
const TYPES = [
    'html' => 'text/html', 'css' => 'text/css', 'js' => 'text/javascript',
    'json' => 'application/json',
];
const BODY_MAX = 128 * 1024;
/** How long a question of the page waits for news. */
const WAIT_MS = 20_000;
const STATES = [
    'created', 'awaiting', 'processing', 'expired', 'cancelled', 'review', 'paid',
    'partially_refunded', 'refunded', 'charged_back', 'none', 'pending', 'held', 'reserved',
    'delivering', 'delivered', 'failed', 'revoked',
];
/** What the buyer does at the sandbox, and what becomes of the sandbox's notification. */
const HANDS = [
    'deliver' => ['paid', 'deliver'], 'lose' => ['paid', 'lose'], 'failed' => ['failed', 'deliver'],
];

/** The page asked for something that it never should. */
final class Refused extends RuntimeException
{
}

final class Shop
{
    private readonly Client $till;

    public function __construct()
    {
        $this->till = new Client();
    }

    /** The order of this page and a payment for it. Asked again, the same order. */
    public function buy(string $key, string $lang, string $clientIP): array
    {
        if (!preg_match('/^[A-Za-z0-9-]{16,64}$/D', $key)) {
            throw new Refused('bad_key');
        }
        $product = json_decode(file_get_contents(WEB . 'product.json'), true);
        // The number cannot be guessed: whoever knows it may see the goods.
        $number = 'W' . strtoupper(substr(hash('sha256', $key), 0, 24));
        $this->till->order->create(
            $product['amount'],
            $product['subject'],
            order_no: $number,
            idempotency_key: $key,
        );
        $address = getenv('SHOP_URL') ?: 'http://' . $_SERVER['HTTP_HOST'];
        try {
            // An open payment is given back instead of a second one: two tabs, one payment.
            $this->till->payment->create(
                $number,
                getenv('SHOP_GATEWAY') ?: 'sandbox',
                return_url: "$address/?order=$number",
                client_ip: $clientIP,
            );
        } catch (ConflictError $fault) {
            if (!in_array($fault->errorCode, ['already_paid', 'order_not_payable'], true)) {
                throw $fault;
            }
        }
        return $this->view($number, $lang);
    }

    /** All that the page may know; what support says of the order stays here. */
    public function view(string $number, string $lang): array
    {
        $order = $this->till->order->get($number)['order'];
        $tell = $this->till->order->tell($number, lang: $lang)['tell'];
        $told = ['order_no', 'pay_state', 'delivery_state', 'flags', 'paid_at', 'expires_at'];
        $page = [
            'order' => array_intersect_key($order, array_flip($told)),
            'tell' => array_diff_key($tell, ['support' => true]),
            'now_at' => (int) (microtime(true) * 1000),
        ];
        if ($order['payments'] !== []) {
            $payment = $this->till->payment->get(end($order['payments']))['payment'];
            $page['payment'] = array_intersect_key($payment, ['state' => 1, 'action' => 1]);
        }
        if ($order['delivery_state'] === 'delivered') {
            $stock = getenv('SHOP_STOCK') ?: 'stock';
            $page['code'] = trim(file_get_contents("$stock/sold/{$order['id']}"));
        }
        return $page;
    }

    /**
     * Answers when the order is no more in the two states seen, or when Till has asked again.
     *
     * @param list<string> $seen
     */
    public function viewChanged(string $number, string $lang, array $seen): array
    {
        $now = $this->view($number, $lang);
        if ([$now['order']['pay_state'], $now['order']['delivery_state']] !== $seen) {
            return $now;
        }
        $due = $now['tell']['next_check_at'] ?? null;
        $wait = $due ? min(WAIT_MS, max(1_000, $due - $now['now_at'] + 500)) : WAIT_MS;
        $this->till->order->wait($number, array_values(array_diff(STATES, $seen)), wait_ms: $wait);
        return $this->view($number, $lang);
    }

    /** The buyer's hand; Till refuses it for any gateway that is no sandbox. */
    public function play(string $number, string $hand): array
    {
        $payments = $this->till->order->get($number)['order']['payments'];
        if (!isset(HANDS[$hand]) || $payments === []) {
            throw new Refused('nothing_to_play');
        }
        [$state, $callback] = HANDS[$hand];
        $this->till->sandbox->pay(end($payments), state: $state, callback: $callback);
        return [];
    }

    /** Hands on exactly what came, and answers exactly what Till says. */
    public function notify(string $gateway, string $query, string $body): void
    {
        try {
            $ack = $this->till->notification->ingest(
                $gateway,
                http_method: $_SERVER['REQUEST_METHOD'],
                query: $query === '' ? null : $query,
                headers: array_change_key_case(getallheaders()),
                body_base64: base64_encode($body),
                source_ip: $_SERVER['REMOTE_ADDR'],
            )['ack'];
            answer($ack['status'], $ack['body'], $ack['headers']);
        } catch (NotFoundError) {
            answer(404);
        } catch (Throwable $fault) {
            // Not kept, whatever went wrong, so the gateway must send it again. Without an answer
            // of ours PHP would say 200, and the gateway would think that it was.
            error_log($fault->getMessage());
            answer(503);
        }
    }
}

/** @param array<string, string> $headers */
function answer(int $status, string $body = '', array $headers = []): void
{
    http_response_code($status);
    header('cache-control: no-store');
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    echo $body;
}

/**
 * The texts of an object.
 *
 * @return array<string, string>
 */
function members(string $body): array
{
    $given = json_decode($body, true, 8);
    if (!is_array($given)) {
        throw new Refused('no_json');
    }
    return array_filter($given, is_string(...));
}

/**
 * @param list<string> $words
 * @param array<string, mixed> $query
 */
function act(Shop $shop, array $words, array $query, string $body): array
{
    $query = array_filter($query, is_string(...));
    $lang = $query['lang'] ?? 'zh';
    $count = count($words);
    if ($words[0] === 'orders' && $_SERVER['REQUEST_METHOD'] === 'POST') {
        $given = members($body);
        if ($count === 1) {
            $lang = $given['lang'] ?? 'zh';
            return $shop->buy($given['key'] ?? '', $lang, $_SERVER['REMOTE_ADDR']);
        }
        if ($count === 3 && $words[2] === 'play') {
            return $shop->play($words[1], $given['hand'] ?? '');
        }
    } elseif ($words[0] === 'orders' && $count === 2) {
        $seen = array_intersect_key($query, ['pay_state' => 1, 'delivery_state' => 1]);
        return count($seen) === 2
            ? $shop->viewChanged($words[1], $lang, [$seen['pay_state'], $seen['delivery_state']])
            : $shop->view($words[1], $lang);
    }
    throw new Refused('no_such_question');
}

/** @param list<string> $words */
function api(Shop $shop, array $words, array $query, string $body): void
{
    $status = 200;
    try {
        $result = act($shop, $words, $query, $body);
    } catch (Refused $fault) {
        [$status, $result] = [400, ['code' => $fault->getMessage()]];
    } catch (NotFoundError $fault) {
        [$status, $result] = [404, ['code' => $fault->errorCode]];
    } catch (ReplyError $fault) {
        // A refusal that time does not change is an answer; all else is asked again.
        $status = in_array($fault->retry, ['never', 'refresh'], true) ? 409 : 503;
        $result = ['code' => $fault->errorCode];
    } catch (TillError $fault) {
        error_log($fault->getMessage());
        [$status, $result] = [503, ['code' => $fault->errorCode]];
    }
    $text = json_encode((object) $result, JSON_THROW_ON_ERROR);
    answer($status, $text, ['content-type' => TYPES['json']]);
}

function sendFile(string $name): void
{
    if (!in_array($name, array_diff(scandir(WEB), ['.', '..']), true)) {
        answer(404);
        return;
    }
    $type = TYPES[pathinfo($name, PATHINFO_EXTENSION)];
    answer(200, file_get_contents(WEB . $name), [
        'content-type' => "$type; charset=utf-8",
        'content-security-policy' => "default-src 'self'; img-src data:",
    ]);
}

function route(): void
{
    [$path, $query] = explode('?', $_SERVER['REQUEST_URI'] . '?', 3);
    $words = array_map(rawurldecode(...), array_slice(explode('/', $path), 1));
    $body = file_get_contents('php://input', length: BODY_MAX + 1);
    if (strlen($body) > BODY_MAX) {
        answer(413);
    } elseif ($words[0] === 'notify' && count($words) === 2) {
        (new Shop())->notify($words[1], $query, $body);
    } elseif ($words[0] === 'api' && count($words) > 1) {
        api(new Shop(), array_slice($words, 1), $_GET, $body);
    } elseif ($path === '/') {
        sendFile('index.html');
    } elseif ($words[0] === 'web' && count($words) === 2) {
        sendFile($words[1]);
    } else {
        answer(404);
    }
}

route();
