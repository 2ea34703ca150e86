/// As wide as AVX-512's registers.
#define HM_WIDTH 16
#define HM_TABLE twins_sixteen
#define HM_NAME "sixteen"
#include "width.h"
