# make install: the program, what it reads (share/), manual pages and systemd units.
.PHONY: install
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/kiezpost $(DESTDIR)$(PREFIX)/lib/systemd/system
	install -m 755 $(BUILD)/kiezpost $(DESTDIR)$(PREFIX)/bin/kiezpost
	cd share && find . -type d ! -name '.*' -exec install -d '$(abspath $(DESTDIR)$(PREFIX))/share/kiezpost/{}' \;
	cd share && find . -type f -exec install -m 644 '{}' '$(abspath $(DESTDIR)$(PREFIX))/share/kiezpost/{}' \;
	for page in docs/man/*.[0-9]; do [ -f "$$page" ] || continue; section=$${page##*.}; \
	  install -d $(DESTDIR)$(PREFIX)/share/man/man$$section && \
	  install -m 644 "$$page" $(DESTDIR)$(PREFIX)/share/man/man$$section/; done
	for unit in mta-hooks/systemd/*; do [ -f "$$unit" ] || continue; \
	  sed 's|@PREFIX@|$(PREFIX)|g' "$$unit" > $(DESTDIR)$(PREFIX)/lib/systemd/system/$${unit##*/}; done
	@echo "Installed below $(DESTDIR)$(PREFIX). Next: kiezpost init DIR --domain YOUR.DOMAIN"
