<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Error;

/** The daemon or a part of it is not able to do this now. */
final class UnavailableError extends \Till\ReplyError
{
}
