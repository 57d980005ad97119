<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** Nothing visible to the caller has this name or number. */
final class NotFoundError extends \Till\ReplyError
{
}
