SRC_lists += $(sort $(wildcard lists/cases/*.c lists/cases/residents/*.c lists/cases/replies/*.c lists/cases/replies/*/*.c))
