<?php

declare(strict_types=1);

namespace Till;

/**
 * The connection is of no use any more. `$sent`: the daemon may have got the request.
 *
 * @internal
 */
final class Lost extends \RuntimeException
{
    public function __construct(
        public readonly string $errorCode,
        string $message,
        public readonly bool $sent,
        public readonly int $pauseMs = 0,
    ) {
        parent::__construct($message);
    }
}
