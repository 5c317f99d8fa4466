//! Pauses that the service asked for, and who waits for their end.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::{SECOND, accept, headers, ms, refuse};
use crate::Limiter;
use crate::limit::{NoTurn, Patience, Pause};

const MINUTE: Duration = Duration::from_secs(60);

fn up_to(max_pause: Duration) -> Patience {
    Patience::new(None, max_pause)
}

fn paused(no_turn: NoTurn) -> Pause {
    match no_turn {
        NoTurn::Paused(pause) => pause,
        NoTurn::Unbooked(reason) => unreachable!("{reason}"),
    }
}

async fn ask(limiter: &Limiter, mut patience: Patience) -> Result<(), Pause> {
    let permit = limiter.acquire(&mut patience).await.map_err(paused)?;
    limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_too_long_fails_at_once() {
    for retry_after in [
        "86400",
        "18446744073709551615",
        "1e18",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let limiter = Limiter::new();
        refuse(&limiter, &[("retry-after", retry_after)]).await;
        let began = Instant::now();
        let pause = ask(&limiter, up_to(5 * MINUTE)).await.unwrap_err();
        assert_eq!(began.elapsed(), Duration::ZERO, "{retry_after}");
        // The limiter itself tries again after a day.
        assert_eq!(pause.left, 24 * 60 * MINUTE, "{retry_after}");
        assert_eq!(limiter.snapshot().pause, Some(24 * 60 * MINUTE));
        assert_eq!(limiter.snapshot().waiting, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_waited_for_once_it_is_short_enough() {
    let limiter = Limiter::new();
    refuse(&limiter, &[("retry-after", "600")]).await;
    ask(&limiter, up_to(5 * MINUTE)).await.unwrap_err();
    sleep(4 * MINUTE).await;
    ask(&limiter, up_to(5 * MINUTE)).await.unwrap_err();
    sleep(MINUTE).await;
    let began = Instant::now();
    ask(&limiter, up_to(5 * MINUTE)).await.unwrap();
    assert!((began.elapsed().as_secs_f64() - 300.0).abs() < 0.1);
    assert_eq!(limiter.snapshot().pause, None);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_too() {
    let limiter = Limiter::new();
    refuse(&limiter, &[("retry-after", "60")]).await;
    let until = |seconds: u32| {
        let deadline = Instant::now() + seconds * SECOND;
        Patience::new(Some(deadline), Duration::MAX)
    };
    let began = Instant::now();
    let pause = ask(&limiter, until(59)).await.unwrap_err();
    assert_eq!(began.elapsed(), Duration::ZERO);
    assert!(
        pause.to_string().contains("the call has 59 s left"),
        "{pause}"
    );
    ask(&limiter, until(61)).await.unwrap();
}

/// Each pause alone is short enough. What is bounded is what a call waits in all of them.
#[tokio::test(start_paused = true)]
async fn pauses_one_after_another_are_one_wait() {
    let limiter = Limiter::new();
    let (begun, mut patience) = (Instant::now(), up_to(5 * MINUTE));
    let mut refusals = 0;
    let pause = loop {
        // The first one after a pause is another call's, and is refused again.
        let headers = headers(&[("retry-after", "60")]);
        let other = limiter.next().await;
        limiter.observe(
            other,
            StatusCode::TOO_MANY_REQUESTS,
            &headers,
            Instant::now(),
        );
        refusals += 1;
        match limiter.acquire(&mut patience).await {
            Ok(permit) => {
                limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
                // What lies between pauses is no pause.
                sleep(MINUTE).await;
            }
            Err(no_turn) => break paused(no_turn),
        }
    };
    assert_eq!(refusals, 6);
    assert!(begun.elapsed() < 11 * MINUTE, "{:?}", begun.elapsed());
    let text = pause.to_string();
    for part in [
        "pauses of more than 300 s in all are not waited for, of which 30",
        "raise ClientBuilder::max_pause",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

/// One call that waits in the queue while pause follows pause.
#[tokio::test(start_paused = true)]
async fn a_queue_is_left_when_the_pauses_take_too_long_together() {
    let limiter = Limiter::starting_with(1, SECOND);
    refuse(&limiter, &[("retry-after", "60")]).await;
    let others = limiter.clone();
    let others = tokio::spawn(async move {
        loop {
            refuse(&others, &[("retry-after", "60")]).await;
        }
    });
    sleep(ms(10)).await;
    let begun = Instant::now();
    let mut asking = JoinSet::new();
    for _ in 0..20 {
        let limiter = limiter.clone();
        asking.spawn(async move {
            let mut patience = up_to(3 * MINUTE);
            loop {
                let permit = limiter.acquire(&mut patience).await.map_err(paused)?;
                let headers = headers(&[("retry-after", "60")]);
                let refused = StatusCode::TOO_MANY_REQUESTS;
                limiter.observe(permit, refused, &headers, Instant::now());
            }
            #[expect(unreachable_code, reason = "it says of which type the errors are")]
            Ok::<_, Pause>(())
        });
    }
    for asked in asking.join_all().await {
        asked.unwrap_err();
    }
    others.abort();
    assert!(begun.elapsed() < 4 * MINUTE, "{:?}", begun.elapsed());
}

/// Tasks in the queue of these limiters, some of which wait for long pauses, when one of the requests is refused.
async fn those_who_queue_fail_too(first: Limiter, others: Vec<Limiter>) {
    // All of the allowance is under way, so that the others have to queue.
    let permit = first.next().await;
    let mut set = JoinSet::new();
    for number in 0..20 {
        let limiter = others[number % others.len()].clone();
        set.spawn(async move {
            let patient = number % 4 == 0;
            let patience = up_to(if patient { Duration::MAX } else { MINUTE });
            let result = ask(&limiter, patience).await;
            (patient, result.is_ok(), Instant::now())
        });
    }
    sleep(ms(100)).await;
    let refused = Instant::now();
    let headers = headers(&[("retry-after", "600"), ("x-ratelimit-limit", "1")]);
    first.observe(permit, StatusCode::TOO_MANY_REQUESTS, &headers, refused);
    for (patient, went, at) in set.join_all().await {
        assert_eq!(patient, went);
        let took = at - refused;
        if patient {
            assert!(took > 9 * MINUTE, "{took:?}");
        } else {
            assert!(took <= SECOND, "{took:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_queue_fails_when_the_pause_begins() {
    let limiter = Limiter::starting_with(1, SECOND * 10);
    those_who_queue_fail_too(limiter.clone(), vec![limiter]).await;
}

#[cfg(feature = "shared-limiter")]
#[tokio::test(start_paused = true)]
async fn other_processes_learn_of_the_pause() {
    use super::processes::{Temporary, written};

    let file = Temporary::new("pauses");
    let first = file.knowing(1, SECOND * 10);
    let others = vec![first.clone(), file.limiter(), file.limiter()];
    those_who_queue_fail_too(first, others).await;

    // One that starts later knows it from the file.
    let limiter = file.limiter();
    refuse(&limiter, &[("retry-after", "3600")]).await;
    written().await;
    let late = file.limiter();
    let began = Instant::now();
    ask(&late, up_to(MINUTE)).await.unwrap_err();
    assert!(began.elapsed() < SECOND);
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nobody_pauses() {
    let limiter = Limiter::unlimited();
    refuse(&limiter, &[("retry-after", "3600")]).await;
    ask(&limiter, up_to(SECOND)).await.unwrap();
}

/// What a service says that grants one request, and refuses the next one.
const ONE: [(&str, &str); 2] = [("x-ratelimit-limit", "1"), ("x-ratelimit-remaining", "0")];

/// A refusal that comes although as much time passed as an earlier one asked for says nothing about the window.
#[tokio::test(start_paused = true)]
async fn turns_after_refusals_do_not_add_up() {
    for pause in ["30", "299"] {
        let limiter = Limiter::new();
        let wait: u32 = pause.parse().unwrap();
        for _ in 0..20 {
            accept(&limiter, &ONE).await;
            let begun = Instant::now();
            refuse(&limiter, &[("retry-after", pause), ONE[0]]).await;
            let turn = begun.elapsed();
            assert!(turn <= SECOND * (10 + wait + 1), "{turn:?}");
        }
    }
}

/// By whole seconds, a service asks for a little too little, so that the window is found in more than one step.
#[tokio::test(start_paused = true)]
async fn a_window_that_was_rounded_down_is_found_all_the_same() {
    let limiter = Limiter::new();
    accept(&limiter, &ONE).await;
    refuse(&limiter, &[("retry-after", "48"), ONE[0]]).await;
    accept(&limiter, &ONE).await;
    refuse(&limiter, &[("retry-after", "2"), ONE[0]]).await;
    let window = limiter.snapshot().window;
    assert!((SECOND * 60..SECOND * 61).contains(&window), "{window:?}");
}

/// What a call waits in pauses and for turns, all together.
#[tokio::test(start_paused = true)]
async fn pauses_and_turns_are_one_wait() {
    let limiter = Limiter::new();
    accept(&limiter, &ONE).await;
    let (begun, mut patience) = (Instant::now(), up_to(35 * SECOND));
    let pause = loop {
        match limiter.acquire(&mut patience).await {
            Ok(permit) => {
                let headers = headers(&[("retry-after", "30"), ONE[0]]);
                let refused = StatusCode::TOO_MANY_REQUESTS;
                limiter.observe(permit, refused, &headers, Instant::now());
            }
            Err(no_turn) => break paused(no_turn),
        }
    };
    // Its turn after 10 s, and then not the pause.
    let took = begun.elapsed();
    assert!((SECOND * 10..SECOND * 11).contains(&took), "{took:?}");
    let text = pause.to_string();
    let says = "pauses of more than 35 s in all are not waited for, of which 11 s are over";
    assert!(text.contains(says), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_is_put_off_is_a_pause() {
    let limiter = Limiter::new();
    accept(&limiter, &[ONE[0], ONE[1], ("x-ratelimit-reset", "299")]).await;
    let begun = Instant::now();
    let mut asking = JoinSet::new();
    for _ in 0..20 {
        let limiter = limiter.clone();
        asking.spawn(async move { ask(&limiter, up_to(3 * SECOND)).await });
    }
    for asked in asking.join_all().await {
        let pause = asked.unwrap_err();
        assert!(pause.left > SECOND * 290, "{pause}");
        let text = pause.to_string();
        assert!(
            text.contains("the rate limit of the service is used up; it takes requests again at"),
            "{text}"
        );
    }
    assert_eq!(begun.elapsed(), Duration::ZERO);
    ask(&limiter, up_to(5 * MINUTE)).await.unwrap();
    assert!(begun.elapsed() >= SECOND * 299);
}

/// It is known before, so that nothing of the call's own time goes by, wherever in the queue it is.
#[tokio::test(start_paused = true)]
async fn a_turn_that_is_put_off_beyond_the_deadline_fails_at_once() {
    let put_off = [ONE[0], ONE[1], ("x-ratelimit-reset", "200")];
    for is_queued_before in [false, true] {
        let limiter = Limiter::new();
        let first = limiter.next().await;
        let ask = |time: Option<Duration>| {
            let limiter = limiter.clone();
            let deadline = time.map(|time| Instant::now() + time);
            let patience = Patience::new(deadline, 5 * MINUTE);
            tokio::spawn(async move { ask(&limiter, patience).await })
        };
        let answer = |permit, headers: &[_]| {
            limiter.observe(
                permit,
                StatusCode::OK,
                &super::headers(headers),
                Instant::now(),
            );
        };
        let mut first = Some(first);
        let mut asked = Vec::new();
        if !is_queued_before {
            answer(first.take().unwrap(), &put_off);
        }
        // Behind one that waits.
        let patient = ask(None);
        sleep(ms(1)).await;
        for seconds in [6, 100, 199] {
            asked.push(ask(Some(seconds * SECOND)));
        }
        let in_time = ask(Some(240 * SECOND));
        sleep(ms(1)).await;
        if let Some(first) = first {
            answer(first, &put_off);
        }
        let begun = Instant::now();
        for asked in asked {
            let text = asked.await.unwrap().unwrap_err().to_string();
            assert!(begun.elapsed() < ms(10), "{:?}", begun.elapsed());
            for part in [
                "the rate limit of the service is used up; it takes requests again at",
                "s left; try again then, or raise ClientBuilder::timeout",
            ] {
                assert!(text.contains(part), "{text}");
            }
        }
        patient.await.unwrap().unwrap();
        in_time.abort();
    }
}

/// Every call waits for one, with the least patience, too.
#[tokio::test(start_paused = true)]
async fn a_usual_turn_is_waited_for() {
    for limiter in [Limiter::new(), Limiter::starting_with(1, SECOND * 10)] {
        accept(&limiter, &ONE).await;
        let begun = Instant::now();
        ask(&limiter, up_to(Duration::ZERO)).await.unwrap();
        let took = begun.elapsed();
        assert!((SECOND * 10..SECOND * 11).contains(&took), "{took:?}");
    }
}
