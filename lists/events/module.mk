SRC_lists += $(sort $(wildcard lists/events/*.c lists/events/hosts/*.c lists/events/polls/*.c lists/events/own/*.c \
  lists/events/outside/*.c))
