#pragma once

// Names that common headers define as macros. Each becomes a text that no parser accepts.

// windows.h and what it brings
#define min(a, b) @
#define max(a, b) @
#define CONST @
#define CreateFile @
#define DELETE @
#define DIFFERENCE @
#define DOMAIN @
#define ERROR @
#define FALSE @
#define GetCurrentTime @
#define GetMessage @
#define GetObject @
#define IGNORE @
#define IN @
#define INFINITE @
#define NO_ERROR @
#define OPTIONAL @
#define OUT @
#define OVERFLOW @
#define PASCAL @
#define SendMessage @
#define STRICT @
#define TRUE @
#define UNDERFLOW @
#define VOID @
#define Yield @
#define far @
#define interface @
#define near @
#define small @

// X11/X.h and X11/Xlib.h
#define Above @
#define Always @
#define Bool @
#define Complex @
#define CurrentTime @
#define False @
#define FocusIn @
#define KeyPress @
#define None @
#define Status @
#define Success @
#define True @
#define Unsorted @

// Qt's keywords, the GNU modes of the preprocessor, complex.h, sys/sysmacros.h, syslog.h
#define emit @
#define foreach @
#define forever @
#define signals @
#define slots @
#define linux @
#define unix @
#define I @
#define LOG_DEBUG @
#define major(device) @
#define makedev(a, b) @

// Missing on purpose: sys/sysmacros.h also defines minor(device), and Money has minor(). Who
// includes that header after ours writes `#undef minor`.
