<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** Time ran out, or the caller gave up. */
final class DeadlineError extends \Till\ReplyError
{
}
