package dev.anvil.report.section;

import dev.anvil.report.data.ReportData;
import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.AccountEffects.OfAccount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How effects differ between the accounts of a campaign; left out where there is one. */
public final class AccountsSection implements Section {
  /** More accounts make a table that nobody reads. */
  private static final int MOST = 20;

  @Override
  public String id() {
    return "accounts";
  }

  @Override
  public String title() {
    return "Accounts";
  }

  @Override
  public Html of(ReportData data) {
    if (data.accounts().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="accounts"><h2>Do effects hold in every account?</h2>
        <p class="lede">Each effect is estimated within accounts and averaged over them. It differs \
        from account to account by the standard deviation given. The last column says where it is \
        expected in an account that is not in this campaign.</p>
        {}{}</section>""",
        contrasts(data),
        accounts(data.accounts()));
  }

  private static Html contrasts(ReportData data) {
    Table table =
        new Table(
            "Effects over accounts",
            "Contrast",
            "#Accounts",
            "#Mean effect",
            "#Differs by",
            "#In a new account");
    for (AccountEffects effect : data.accounts()) {
      table.row(
          PictureLink.ofLevel(data, effect.factor(), effect.level(), name(effect)),
          Words.count(effect.accounts().size()),
          effect
              .general()
              .map(
                  g ->
                      Html.of(
                          "{} <span class=\"range\">{}</span>",
                          Words.change(g.mean().point()),
                          Words.range(g.mean())))
              .orElse(Html.text("too few accounts")),
          Words.percent(effect.tau()),
          effect.general().map(g -> Words.range(g.newAccount())).orElse("\u2013"));
    }
    return table.html();
  }

  private static String name(AccountEffects effect) {
    return effect.factor() + ": " + effect.level();
  }

  private static Html accounts(List<AccountEffects> effects) {
    Map<String, Integer> posts = new TreeMap<>();
    effects.forEach(
        e ->
            e.accounts().forEach(a -> posts.merge(a.account(), a.shown() + a.others(), Math::max)));
    List<String> shown =
        posts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST)
            .map(Map.Entry::getKey)
            .toList();
    List<String> heads = new ArrayList<>(List.of("Account", "#Posts"));
    effects.forEach(e -> heads.add("#" + name(e)));
    Table table = new Table("Effects in each account", heads.toArray(String[]::new));
    for (String account : shown) {
      List<Object> row = new ArrayList<>(List.of(account, Words.count(posts.get(account))));
      effects.forEach(e -> row.add(shrunken(e, account)));
      table.row(row.toArray());
    }
    return Html.of(
        """
        <h3>In each account</h3>{}<p class="note">Drawn towards the mean of all accounts by how unsure \
        an account\u2019s own estimate is.{}</p>""",
        table.html(),
        shown.size() < posts.size()
            ? " The %d largest of %d accounts; account-effects.csv has all."
                .formatted(shown.size(), posts.size())
            : "");
  }

  private static String shrunken(AccountEffects effect, String account) {
    return effect.accounts().stream()
        .filter(a -> a.account().equals(account))
        .mapToDouble(OfAccount::shrunken)
        .mapToObj(Words::change)
        .findFirst()
        .orElse("\u2013");
  }
}
