package dev.anvil.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a date, or a date with a time; one with a zone becomes this machine's local time. */
final class TimeOption implements ITypeConverter<LocalDateTime> {
  @Override
  public LocalDateTime convert(String text) {
    String value = text.strip().replace(' ', 'T');
    try {
      if (!value.contains("T")) {
        return LocalDate.parse(value).atTime(12, 0);
      }
      return value.matches(".*(Z|[+-]\\d{2}:?\\d{2})")
          ? OffsetDateTime.parse(value).atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime()
          : LocalDateTime.parse(value);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "found \"%s\"; expected a date such as 2026-11-29 or 2026-11-29T18:00".formatted(text));
    }
  }
}
