<?php

declare(strict_types=1);

namespace Till;

/**
 * Decides whether a request is sent again, and what the caller is told if not.
 *
 * @internal
 */
final class Repetition
{
    private readonly int $untilMs;
    private int $attempt = 0;

    public function __construct(private readonly Request $request, int $retryForMs)
    {
        $this->untilMs = Wire::nowMs() + $retryForMs;
    }

    /** How long to pause before the next send; throws when there must be none. */
    public function pauseMs(Lost|TillError $fault): int
    {
        $pause = Wire::pauseMs($this->attempt++);
        $mayRepeat = false;
        if ($fault instanceof Lost) {
            $this->request->inDoubt = $this->request->inDoubt || $fault->sent;
            $mayRepeat = $this->isHarmless() || !$this->request->inDoubt;
            $pause = max($pause, $fault->pauseMs);
        } elseif ($fault instanceof ReplyError) {
            $mayRepeat = self::isPassing($fault) && $this->isHarmless();
            $pause = max($pause, $fault->retryAfterMs ?? 0);
        }
        $isLate = Wire::nowMs() + $pause > $this->untilMs;
        if (!$mayRepeat || $isLate || $this->request->effect === 'session') {
            throw $this->final($fault);
        }
        return $pause;
    }

    /** Whether a second send cannot act a second time. */
    private function isHarmless(): bool
    {
        return $this->request->isSafe() || $this->request->key !== null;
    }

    private static function isPassing(TillError $fault): bool
    {
        return in_array($fault->retry, ['same', 'later'], true);
    }

    /** A refusal that came after a lost send says nothing about the lost one. */
    private function final(Lost|TillError $fault): TillError
    {
        $request = $this->request;
        $isUnsettled = $request->inDoubt && !$request->isSafe();
        if ($fault instanceof TillError) {
            $isPassing = self::isPassing($fault) || !$fault instanceof ReplyError;
            if (!($isUnsettled && $isPassing) || $fault instanceof OutcomeUnknown) {
                return $fault->about($request->method, $request->key);
            }
        }
        $message = $fault instanceof TillError ? $fault->plainMessage : $fault->getMessage();
        $kind = $isUnsettled ? OutcomeUnknown::class : Unreachable::class;
        $data = $isUnsettled
            ? ['retry' => $request->key !== null ? 'same' : 'lookup', 'outcome' => 'unknown']
            : ['retry' => 'later', 'outcome' => 'none'];
        $message .= $isUnsettled ? '; it may have happened' : '';
        [$code, $method] = [$fault->errorCode, $request->method];
        return new $kind($message, $code, $method, $request->key, $data, $fault);
    }
}
