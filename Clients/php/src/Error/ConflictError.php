<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The request is well formed and a rule or the present state forbids it. */
final class ConflictError extends \Till\ReplyError
{
}
