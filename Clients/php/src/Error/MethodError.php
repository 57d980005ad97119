<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** There is no method of this name. */
final class MethodError extends \Till\ReplyError
{
}
