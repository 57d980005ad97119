<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The caller may not do this. */
final class DeniedError extends \Till\ReplyError
{
}
