<?php

// For programs without Composer: require this file, and the classes are found.

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Till\\')) {
        $path = __DIR__ . '/src/' . strtr(substr($class, 5), '\\', '/') . '.php';
        if (is_file($path)) {
            require $path;
        }
    }
});
