<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The daemon broke one of its own rules. The outcome says what is known. */
final class InternalError extends \Till\ReplyError
{
}
