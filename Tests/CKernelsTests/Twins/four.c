/// As wide as NEON's registers.
#define HM_WIDTH 4
#define HM_TABLE twins_four
#define HM_NAME "four"
#include "width.h"
