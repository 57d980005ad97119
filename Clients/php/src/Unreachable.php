<?php

declare(strict_types=1);

namespace Till;

/** No daemon, or no answer. Nothing happened: this was a read, or was never sent. */
final class Unreachable extends TillError
{
}
