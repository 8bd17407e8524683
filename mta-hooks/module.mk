# main.c is linked into the program alone, so that tests can have the rest of the room.
SRC_hooks += $(filter-out mta-hooks/main.c,$(sort $(wildcard mta-hooks/*.c)))
