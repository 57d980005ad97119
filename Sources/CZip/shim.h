#ifndef TILL_CZIP_SHIM_H
#define TILL_CZIP_SHIM_H

#include <zip.h>

#endif
