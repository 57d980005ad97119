<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** A limit of concurrency is reached. The same request later may pass. */
final class BusyError extends \Till\ReplyError
{
}
