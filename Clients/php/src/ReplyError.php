<?php

declare(strict_types=1);

namespace Till;

/** The daemon answered with an error. There is a subclass for each class of errors. */
class ReplyError extends TillError
{
}
