SRC_lists += $(sort $(wildcard lists/understand/*.c lists/understand/answers/*.c lists/understand/answers/minutes/*.c lists/understand/answers/official/*.c lists/understand/wishes/*.c))
