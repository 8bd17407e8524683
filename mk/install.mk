# make install: the program, what it reads (share/), manual pages and systemd units.
.PHONY: install
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/kiezpost $(DESTDIR)$(PREFIX)/lib/systemd/system
	install -m 755 $(BUILD)/kiezpost $(DESTDIR)$(PREFIX)/bin/kiezpost
	cd share && find . -type d ! -name '.*' -exec install -d '$(abspath $(DESTDIR)$(PREFIX))/share/kiezpost/{}' \;
	cd share && find . -type f -exec install -m 644 '{}' '$(abspath $(DESTDIR)$(PREFIX))/share/kiezpost/{}' \;
	for page in docs/man/*.[0-9]; do to=$(DESTDIR)$(PREFIX)/share/man/man$${page##*.} && \
	  install -d "$$to" && install -m 644 "$$page" "$$to/" || exit 1; done
	for unit in mta-hooks/systemd/*; do to=$(DESTDIR)$(PREFIX)/lib/systemd/system/$${unit##*/} && \
	  sed 's|@PREFIX@|$(PREFIX)|g' "$$unit" > "$$to" && chmod 644 "$$to" || exit 1; done
	@echo "Installed below $(DESTDIR)$(PREFIX). Next: kiezpost init DIR --domain YOUR.DOMAIN"
