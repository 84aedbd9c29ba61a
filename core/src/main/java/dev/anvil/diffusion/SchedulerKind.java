package dev.anvil.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The schedulers at hand. */
public enum SchedulerKind {
  DDIM("DDIMScheduler", Spacing.LEADING),
  PNDM("PNDMScheduler", Spacing.LEADING),
  EULER("EulerDiscreteScheduler", Spacing.LINSPACE),
  EULER_ANCESTRAL("EulerAncestralDiscreteScheduler", Spacing.LINSPACE),
  DPMPP_2M("DPMSolverMultistepScheduler", Spacing.LINSPACE),
  LCM("LCMScheduler", Spacing.LEADING);

  private final String className;
  private final Spacing spacing;

  SchedulerKind(String className, Spacing spacing) {
    this.className = className;
    this.spacing = spacing;
  }

  /** The name in study files and on the command line, for example {@code euler-ancestral}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The scheduler of that name. */
  public static Optional<SchedulerKind> of(String text) {
    return Arrays.stream(values()).filter(k -> k.text().equals(text)).findFirst();
  }

  /** The scheduler that a {@code scheduler_config.json} names, empty when it is not at hand. */
  public static Optional<SchedulerKind> ofClass(String className) {
    return Arrays.stream(values()).filter(k -> k.className.equals(className)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(SchedulerKind::text).toList();
  }

  /** Where a configuration says nothing. */
  Spacing spacing() {
    return spacing;
  }
}
