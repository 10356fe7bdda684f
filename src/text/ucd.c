#include "text/ucd_p.h"

#include "text/tables.inc"

const char *fsc_ucd_version(void)
{
    return FSC_UCD_VERSION;
}
