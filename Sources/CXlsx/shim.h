#ifndef TILL_CXLSX_SHIM_H
#define TILL_CXLSX_SHIM_H

#include <xlsxwriter.h>

#endif
